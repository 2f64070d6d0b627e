using System.Text;
using EOrda.Accounts.Codes;

namespace EOrda.Portal.Sessions;

/// <summary>
/// Writes codes to <c>codes.txt</c> in the data directory, for its owner's eyes only, until there is a gateway. Nobody's request waits for it, and it holds the latest only.
/// </summary>
internal sealed class CodeOutbox(string data) : ICodeSender
{
    /// <summary>The file's name.</summary>
    public const string FileName = "codes.txt";

    private const int MostKept = 100;
    private readonly Lock gate = new();
    private readonly Queue<string> latest = [];

    /// <inheritdoc/>
    public void Send(CodeMessage message) =>
        ThreadPool.UnsafeQueueUserWorkItem(outbox => outbox.Write($"{message.Phone} {message.Digits} {message.Purpose}"), this, preferLocal: false);

    private void Write(string line)
    {
        lock (gate)
        {
            latest.Enqueue(line);
            if (latest.Count > MostKept)
            {
                latest.Dequeue();
            }

            try
            {
                var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
                if (!OperatingSystem.IsWindows())
                {
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                }

                using var file = new StreamWriter(Path.Combine(data, FileName), Encoding.UTF8, options);
                foreach (var code in latest)
                {
                    file.WriteLine(code);
                }
            }
            catch (IOException)
            {
                // Whoever waits for a code that never comes asks for another.
            }
        }
    }
}
