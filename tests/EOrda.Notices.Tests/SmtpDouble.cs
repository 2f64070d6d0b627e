using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EOrda.Notices.Tests;

/// <summary>A mail server on the loopback address, with an answer to each command that the test may change; null hangs up, an empty one is silence.</summary>
internal sealed class SmtpDouble : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    public SmtpDouble()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Dictionary<string, string?> Answers { get; } = new(StringComparer.Ordinal)
    {
        ["hello"] = "220 double",
        ["EHLO"] = "250 double",
        ["MAIL"] = "250 ok",
        ["RCPT"] = "250 ok",
        ["DATA"] = "354 go on",
        ["."] = "250 taken",
        ["QUIT"] = "221 bye",
        ["RSET"] = "250 ok",
    };

    public List<string> Mails { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting.WaitAsync(TimeSpan.FromSeconds(10));
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
                var word = "hello";
                while (await AnswerAsync(client.GetStream(), word))
                {
                    if (await reader.ReadLineAsync(_end.Token) is not { } line)
                        return;
                    word = line.Split(' ')[0].ToUpperInvariant();
                    if (word == "DATA")
                        word = await AnswerAsync(client.GetStream(), word) ? await ReadMailAsync(reader) : "QUIT";
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The other side went away, or the test has ended.
                return;
            }
        }
    }

    private async Task<string> ReadMailAsync(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(_end.Token) is { } line && line != ".")
            mail.AppendLine(line);
        Mails.Add(mail.ToString());
        return ".";
    }

    private async Task<bool> AnswerAsync(NetworkStream stream, string word)
    {
        if (Answers.GetValueOrDefault(word, "502 unknown") is not { } answer)
            return false;
        if (answer.Length == 0)
            await Task.Delay(Timeout.Infinite, _end.Token);
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{answer}\r\n"), _end.Token);
        return true;
    }
}
