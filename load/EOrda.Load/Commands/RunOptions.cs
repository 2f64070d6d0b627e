using EOrda.Load.Scenarios;

namespace EOrda.Load.Commands;

/// <summary>How a run is to be made, besides its scenario.</summary>
internal sealed record RunOptions
{
    /// <summary>The portal.</summary>
    public required Uri Address { get; init; }

    /// <summary>The file of parents of a portal that runs already; null to start one.</summary>
    public string? Credentials { get; init; }

    /// <summary>The portal's data directory, to be audited.</summary>
    public string? Data { get; init; }

    /// <summary>The portal's assembly to start.</summary>
    public string? Portal { get; init; }

    /// <summary>The process number of a portal that runs already, to look at its memory and processor time.</summary>
    public int? PortalProcess { get; init; }

    /// <summary>The listener for metrics of a portal that runs already, to look at what it allocates.</summary>
    public Uri? Metrics { get; init; }

    /// <summary>The first process of the database server that the portal uses, to be looked at too.</summary>
    public int? DatabaseProcess { get; init; }

    /// <summary>How many worker processes play; 0 for this process alone.</summary>
    public int Workers { get; init; }

    /// <summary>True to start the workers on this machine.</summary>
    public bool StartWorkers { get; init; }

    /// <summary>Where workers find the coordinator.</summary>
    public required Uri Listen { get; init; }

    /// <summary>What the operator wrote to load another machine.</summary>
    public string? Written { get; init; }

    /// <summary>Where the report goes, without ending.</summary>
    public required string Report { get; init; }

    /// <summary>Checks the addresses.</summary>
    /// <exception cref="ScenarioException">One is not permitted.</exception>
    public RunOptions Checked()
    {
        Permission.Check(Address, Written);
        Permission.Check(Listen, Written);
        if (Metrics is not null)
        {
            Permission.Check(Metrics, Written);
        }

        return this;
    }
}
