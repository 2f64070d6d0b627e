using EOrda.Portal.Administration.Database;
using EOrda.Portal.Hosting;

namespace EOrda.Portal.Administration;

/// <summary>Joins the portal's own database, and what is kept in it, to the portal.</summary>
internal static class AdministrationInPortal
{
    /// <summary>Brings the database up to date and adds what uses it. <see cref="PortalUpkeep"/> is the host's to add, after the node.</summary>
    public static void Add(IServiceCollection services, PortalSettings settings)
    {
        PortalDatabase.Prepare(settings);
        services.AddSingleton<PortalDatabase>();
        services.AddSingleton<StoredNames>();
        services.AddSingleton<Amendments>();
        services.AddSingleton<KindergartenImport>();
    }
}
