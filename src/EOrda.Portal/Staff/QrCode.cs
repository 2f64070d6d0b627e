using System.Text;
using QRCoder;

namespace EOrda.Portal.Staff;

/// <summary>Draws a text as a QR code.</summary>
internal static class QrCode
{
    /// <summary>The code as a path of SVG: runs of dark modules, row by row.</summary>
    public static QrView Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < data.ModuleMatrix.Count; y++)
        {
            var row = data.ModuleMatrix[y];
            for (var x = 0; x < row.Length; x++)
            {
                if (!row[x])
                {
                    continue;
                }

                var from = x;
                while (x < row.Length && row[x])
                {
                    x++;
                }

                path.Append($"M{from} {y}h{x - from}v1H{from}z");
            }
        }

        return new QrView(data.ModuleMatrix.Count, path.ToString());
    }
}
