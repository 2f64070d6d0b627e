using EOrda.Accounts.Database;
using EOrda.Accounts.Keys;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Accounts.Devices;

/// <summary>Which browser an account is bound to (P2; 000: 20-20, 20-21): one at a time.</summary>
internal sealed class BoundDevices(Secrets secrets, TimeProvider time)
{
    /// <summary>The bound device that a request comes from, or null.</summary>
    public async Task<BoundDevice?> Find(AccountsContext context, Origin origin, CancellationToken cancel)
    {
        if (!secrets.TryRead(origin.DeviceToken, out var token))
        {
            return null;
        }

        var hash = token.ToHash();
        return await context.Devices.SingleOrDefaultAsync(d => d.TokenHash == hash && d.UnboundAt == null, cancel);
    }

    /// <summary>What attempts and codes are counted by: the device where it is bound to this account, and the address otherwise.</summary>
    public byte[] KeyOf(BoundDevice? device, Guid? person, Origin origin) =>
        device is not null && device.PersonId == person ? secrets.Device(device.Id) : secrets.Address(origin);

    /// <summary>Binds an account to a new device and unbinds the one before. The caller holds the person.</summary>
    /// <returns>The device, and its token.</returns>
    public async Task<(BoundDevice Device, string Token)> Bind(AccountsContext context, Guid person, byte[]? publicKey, Origin origin, CancellationToken cancel)
    {
        await Unbind(context, person, cancel);
        var now = time.GetUtcNow();
        var token = secrets.NewToken();
        secrets.TryRead(token, out var read);
        var device = new BoundDevice
        {
            Id = Guid.CreateVersion7(now),
            PersonId = person,
            TokenHash = read.ToHash(),
            PublicKey = publicKey,
            BoundAt = now,
            LastAddress = secrets.Address(origin),
        };
        context.Devices.Add(device);
        return (device, token);
    }

    /// <summary>Unbinds an account from its device. The caller holds the person.</summary>
    public async Task Unbind(AccountsContext context, Guid person, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var before = await context.Devices.Where(d => d.PersonId == person && d.UnboundAt == null).ToListAsync(cancel);
        before.ForEach(device => device.UnboundAt = now);
    }
}
