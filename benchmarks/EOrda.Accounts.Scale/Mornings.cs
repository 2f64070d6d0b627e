using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using EOrda.Accounts.Devices;
using EOrda.Accounts.Parents;
using EOrda.Accounts.Passwords;
using EOrda.Accounts.People;
using EOrda.Accounts.Sessions;

namespace EOrda.Accounts.Scale;

/// <summary>What a morning asks of the accounts: sign-ins by device, then the check of each request.</summary>
internal static class Mornings
{
    private const int Checks = 2_000_000;
    private const int Hashes = 10;

    public static async Task Run(ScaleNode node, int count)
    {
        var parents = new List<(ECDsa Key, Origin Origin)>();
        for (var i = 0; i < count; i++)
        {
            parents.Add(await First(node, i));
        }

        var signed = parents.ConvertAll(parent => Sign(node, parent.Key, parent.Origin));
        var busy = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();
        var tokens = new List<string>();
        foreach (var (challenge, signature, origin) in signed)
        {
            tokens.Add((await node.Get<ParentSignIn>().SignInByDevice(challenge, signature, origin)).Value.Token);
        }

        var elapsed = Stopwatch.GetElapsedTime(began);
        Console.WriteLine($"sign-ins by device, one after another: {count / elapsed.TotalSeconds:N0} a second, {(Environment.CpuUsage.TotalTime - busy).TotalMilliseconds / count:0.00} ms of a core each");
        await Check(node, tokens);
        var place = node.Get<PasswordQueue>().TryEnter(out var entered) ? entered : throw new InvalidOperationException("The queue is full.");
        busy = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < Hashes; i++)
        {
            await place.Check(null, "a password of twenty");
        }

        Console.WriteLine($"one hash of a password: {(Environment.CpuUsage.TotalTime - busy).TotalMilliseconds / Hashes:0} ms of a core");
    }

    private static async Task Check(ScaleNode node, List<string> tokens)
    {
        var sessions = node.Get<LiveSessions>();
        foreach (var token in tokens)
        {
            _ = (await sessions.Validate(token)).Value;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var busy = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < Checks; i++)
        {
            var session = sessions.Validate(tokens[i % tokens.Count]);
            _ = (session.IsCompletedSuccessfully ? session.Result : await session).Value;
        }

        var each = Stopwatch.GetElapsedTime(began) / Checks;
        Console.WriteLine($"check of a session in memory: {each.TotalNanoseconds:N0} ns, {(Environment.CpuUsage.TotalTime - busy).TotalNanoseconds / Checks:N0} ns of a core, {(GC.GetAllocatedBytesForCurrentThread() - allocated) / Checks:N0} bytes");
    }

    private static async Task<(ECDsa Key, Origin Origin)> First(ScaleNode node, int i)
    {
        var origin = new Origin(new IPAddress([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]));
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ticket = (await node.Get<ParentSignIn>().AskCode(NewIin(i), $"+7701{i + 1_000_000:D7}", origin)).Value;
        var signedIn = (await node.Get<ParentSignIn>().SignInByCode(ticket.Ticket, node.LastCode, null, key.ExportSubjectPublicKeyInfo(), origin)).Value;
        return (key, origin with { DeviceToken = signedIn.DeviceToken });
    }

    private static (string Challenge, byte[] Signature, Origin Origin) Sign(ScaleNode node, ECDsa key, Origin origin)
    {
        var challenge = node.Get<ParentSignIn>().Challenge(origin.DeviceToken).Value;
        var signature = key.SignData(Encoding.ASCII.GetBytes(DeviceKeys.Context + challenge), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return (challenge, signature, origin);
    }

    /// <summary>The nth IIN that is right: the first whose check digit exists.</summary>
    private static string NewIin(int i)
    {
        var day = new DateOnly(1960, 1, 1).AddDays(i / 9);
        for (var check = 0; check < 10; check++)
        {
            if (Iin.TryRead($"{day:yyMMdd}3{i % 9:D1}000{check}", out var iin) || Iin.TryRead($"{day:yyMMdd}4{i % 9:D1}000{check}", out iin))
            {
                return iin;
            }
        }

        return NewIin(i + 1_000_000);
    }
}
