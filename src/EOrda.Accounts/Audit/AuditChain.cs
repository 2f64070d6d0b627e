using System.Security.Cryptography;

namespace EOrda.Accounts.Audit;

/// <summary>The hash of an entry: SHA-256 over the hash before it, a version and every field, strings with their length before them.</summary>
internal static class AuditChain
{
    private const byte Version = 1;

    public static byte[] Hash(ReadOnlySpan<byte> before, AuditRow row)
    {
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content);
        writer.Write(before);
        writer.Write(Version);
        writer.Write(row.Sequence);
        writer.Write(row.At.ToUnixTimeMilliseconds());
        writer.Write(row.PersonId?.ToString("N") ?? "");
        writer.Write(row.Role is { } role ? (int)role : 0);
        writer.Write(row.Scope);
        writer.Write(row.Address);
        writer.Write(row.DeviceId?.ToString("N") ?? "");
        writer.Write(row.Action);
        writer.Write(row.SubjectKind);
        writer.Write(row.SubjectId);
        writer.Write(row.Locality);
        writer.Write(row.Details);
        writer.Write(row.Reason);
        return SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length));
    }
}
