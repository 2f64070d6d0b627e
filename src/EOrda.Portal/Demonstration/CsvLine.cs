using System.Text;

namespace EOrda.Portal.Demonstration;

/// <summary>One line of a CSV file.</summary>
internal static class CsvLine
{
    /// <summary>Its fields; one in quotation marks may hold commas.</summary>
    public static List<string> Split(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        foreach (var c in line)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}
