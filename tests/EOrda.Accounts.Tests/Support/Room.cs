using System.Net;
using System.Security.Cryptography;
using EOrda.Accounts.Audit;
using EOrda.Accounts.Authenticators;
using EOrda.Accounts.Codes;
using EOrda.Accounts.Database;
using EOrda.Accounts.Parents;
using EOrda.Accounts.Passwords;
using EOrda.Accounts.People;
using EOrda.Accounts.Retention;
using EOrda.Accounts.Sessions;
using EOrda.Accounts.Staff;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EOrda.Accounts.Tests.Support;

/// <summary>A node of the accounts on a database, with a clock of its own and an outbox for codes. Starts on a Monday at 10:00 in Almaty.</summary>
internal sealed class Room : IAsyncDisposable
{
    public const string GoodPassword = "quiet otters count clouds";
    public const string Reason = "asked for in writing";

    private readonly ServiceProvider services;

    private Room(AccountsStart start, FakeTimeProvider time, AccountOptions options)
    {
        Time = time;
        Options = options;
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(time)
            .AddSingleton<ICodeSender>(Outbox)
            .AddAccounts(start, options)
            .BuildServiceProvider();
    }

    public static AccountOptions Quick { get; } = new() { PasswordIterations = 1_000, PasswordsWaiting = 200, Zone = NodaTime.DateTimeZone.ForOffset(NodaTime.Offset.FromHours(5)) };

    public FakeTimeProvider Time { get; }

    public AccountOptions Options { get; }

    public Outbox Outbox { get; } = new();

    public Origin Home { get; } = new(IPAddress.Parse("92.46.1.10"));

    public Origin Stranger { get; } = new(IPAddress.Parse("203.0.113.7"));

    public StaffAccounts Staff => Get<StaffAccounts>();

    public StaffEnrolment Enrolment => Get<StaffEnrolment>();

    public StaffSignIn StaffSignIn => Get<StaffSignIn>();

    public ParentSignIn Parents => Get<ParentSignIn>();

    public ParentAccounts ParentAccounts => Get<ParentAccounts>();

    public LiveSessions Sessions => Get<LiveSessions>();

    public Persons Persons => Get<Persons>();

    public AuditTrail Audit => Get<AuditTrail>();

    public PasswordQueue Passwords => Get<PasswordQueue>();

    public Eraser Eraser => Get<Eraser>();

    public static async Task<Room> Open(string directory, AccountOptions? options = null, FakeTimeProvider? time = null) =>
        await Open(new AccountsPlace(directory), options, time);

    public static async Task<Room> Open(AccountsPlace place, AccountOptions? options = null, FakeTimeProvider? time = null) => new(
        await AccountsStart.Prepare(place),
        time ?? new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(5))),
        options ?? Quick);

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public Task<T> Read<T>(Func<AccountsContext, Task<T>> read) => Get<AccountsStore>().Read(read);

    public async Task Change(Func<AccountsContext, Task> change) => _ = (await Get<AccountsStore>().Write<Done>(
        async context =>
        {
            await change(context);
            return default(Done);
        },
        CancellationToken.None)).Value;

    /// <summary>The administrator of an empty database, signed in.</summary>
    public async Task<StaffMember> Administrator()
    {
        var link = (await Staff.FirstAdministrator("root.admin", "Айгүл Админ")).Value;
        return await Enrol(link, "root.admin");
    }

    /// <summary>A member of staff, invited and enrolled.</summary>
    public async Task<StaffMember> Invite(Acting administrator, string login, params Duty[] duties) =>
        await Enrol((await Staff.Invite(administrator, login, $"Name of {login}", duties, Reason)).Value, login);

    public async Task<StaffMember> Enrol(EnrolmentLink link, string login)
    {
        var offer = (await Enrolment.Open(link.Token)).Value;
        var member = new StaffMember(this, link.PersonId, login, Base32Text.Decode(offer.AuthenticatorKey));
        _ = (await Enrolment.Complete(link.Token, GoodPassword, member.Code(), Home)).Value;
        return member;
    }

    /// <summary>A parent who has signed in once, on a device with a key.</summary>
    public async Task<ParentAtHome> Parent(string iin = Iins.Aru, string phone = "+77011234567", Origin? origin = null)
    {
        var device = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ticket = (await Parents.AskCode(iin, phone, origin ?? Home)).Value;
        var signedIn = (await Parents.SignInByCode(ticket.Ticket, Outbox.Last(phone), null, device.ExportSubjectPublicKeyInfo(), origin ?? Home)).Value;
        return new ParentAtHome(this, iin, device, signedIn, (origin ?? Home) with { DeviceToken = signedIn.DeviceToken });
    }

    public async ValueTask DisposeAsync() => await services.DisposeAsync();
}

/// <summary>A member of staff with an authenticator.</summary>
internal sealed record StaffMember(Room Room, Guid PersonId, string Login, byte[] Secret)
{
    public string Code() => Totp.Code(Secret, Totp.StepOf(Room.Time.GetUtcNow()));

    /// <summary>Signs in half a minute later: a code is taken once.</summary>
    public async Task<Outcome<SignedIn>> SignIn(Duty? duty = null, string password = Room.GoodPassword)
    {
        Room.Time.Advance(TimeSpan.FromSeconds(30));
        return await Room.StaffSignIn.SignIn(Login, password, Code(), duty, Room.Home);
    }

    public async Task<Acting> Act(Duty? duty = null) => new((await SignIn(duty)).Value.Session, Room.Home);
}

/// <summary>A parent at the bound device.</summary>
internal sealed record ParentAtHome(Room Room, string Iin, ECDsa Key, SignedIn First, Origin Origin)
{
    public Guid PersonId => First.Session.PersonId;

    public Acting Acting => new(First.Session, Origin);

    public byte[] Sign(string challenge) => Key.SignData(
        System.Text.Encoding.ASCII.GetBytes("eorda device sign-in\n" + challenge), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    public async Task<Outcome<SignedIn>> SignInByDevice()
    {
        var challenge = Room.Parents.Challenge(Origin.DeviceToken).Value;
        return await Room.Parents.SignInByDevice(challenge, Sign(challenge), Origin);
    }
}

/// <summary>IINs of nobody: right date and check digit.</summary>
internal static class Iins
{
    public const string Aru = "900101300007";
    public const string Bek = "850515400002";
    public const string Unknown = "770707300002";
}
