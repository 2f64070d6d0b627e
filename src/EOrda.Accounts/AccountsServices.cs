using EOrda.Accounts.Audit;
using EOrda.Accounts.Codes;
using EOrda.Accounts.Database;
using EOrda.Accounts.Devices;
using EOrda.Accounts.Keys;
using EOrda.Accounts.Lockouts;
using EOrda.Accounts.Parents;
using EOrda.Accounts.Passwords;
using EOrda.Accounts.People;
using EOrda.Accounts.Retention;
using EOrda.Accounts.Sessions;
using EOrda.Accounts.Staff;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EOrda.Accounts;

/// <summary>Puts the room together.</summary>
public static class AccountsServices
{
    /// <summary>
    /// Adds the accounts: <see cref="LiveSessions"/>, <see cref="StaffAccounts"/>, <see cref="StaffEnrolment"/>, <see cref="StaffSignIn"/>,
    /// <see cref="ParentSignIn"/>, <see cref="ParentAccounts"/>, <see cref="Persons"/>, <see cref="AuditTrail"/>, and Data Protection with its keys in
    /// their database. An <see cref="ICodeSender"/> and a <see cref="TimeProvider"/> have to be among the services.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="start">Accounts that are up to date.</param>
    /// <param name="options">The settings.</param>
    public static IServiceCollection AddAccounts(this IServiceCollection services, AccountsStart start, AccountOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(start.Place);
        services.AddSingleton(start.Key);
        services.AddScoped(_ => AccountsStart.Open(start.Place));
        services.AddDataProtection().SetApplicationName("EOrda").PersistKeysToDbContext<AccountsContext>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(new ConfigureOptions<KeyManagementOptions>(o => o.XmlEncryptor = new KeyRingEncryptor(start.Key)));
        services.AddSingleton(s => new AccountsStore(
            () => AccountsStart.Open(start.Place), start.Place, Get<IDataProtectionProvider>(s), options, Get<TimeProvider>(s), Get<ILogger<AccountsStore>>(s)));
        services.AddSingleton<Secrets>();
        services.AddSingleton<PasswordQueue>();
        services.AddSingleton<Lockout>();
        services.AddSingleton<OneTimeCodes>();
        services.AddSingleton<BoundDevices>();
        services.AddSingleton<DeviceKeys>();
        services.AddSingleton<ParentCodes>();
        services.AddSingleton<Eraser>();
        services.AddSingleton(s => new AuditTrail(Get<AccountsStore>(s), Get<TimeProvider>(s)));
        services.AddSingleton(s => new LiveSessions(Get<AccountsStore>(s), Get<Secrets>(s), Get<AuditTrail>(s), options, Get<TimeProvider>(s)));
        services.AddSingleton(s => new Persons(Get<AccountsStore>(s), Get<Secrets>(s), Get<AuditTrail>(s)));
        services.AddSingleton(s => new StaffAccounts(Get<AccountsStore>(s), Get<Secrets>(s), Get<AuditTrail>(s), Get<LiveSessions>(s), options, Get<TimeProvider>(s)));
        services.AddSingleton(s => new StaffEnrolment(Get<AccountsStore>(s), Get<Secrets>(s), Get<AuditTrail>(s), Get<PasswordQueue>(s), Get<TimeProvider>(s)));
        services.AddSingleton(s => new StaffSignIn(
            Get<AccountsStore>(s), Get<Secrets>(s), Get<AuditTrail>(s), Get<PasswordQueue>(s), Get<Lockout>(s), Get<LiveSessions>(s), Get<TimeProvider>(s)));
        services.AddSingleton(s => new ParentSignIn(
            Get<AccountsStore>(s),
            Get<Secrets>(s),
            Get<AuditTrail>(s),
            Get<ParentCodes>(s),
            Get<BoundDevices>(s),
            Get<DeviceKeys>(s),
            Get<PasswordQueue>(s),
            Get<Lockout>(s),
            Get<LiveSessions>(s),
            Get<TimeProvider>(s)));
        services.AddSingleton(s => new ParentAccounts(
            Get<AccountsStore>(s),
            Get<Secrets>(s),
            Get<AuditTrail>(s),
            Get<ParentCodes>(s),
            Get<BoundDevices>(s),
            Get<PasswordQueue>(s),
            Get<Lockout>(s),
            Get<LiveSessions>(s),
            options,
            Get<TimeProvider>(s)));
        services.AddHostedService<Upkeep>();
        return services;
    }

    private static T Get<T>(IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();
}
