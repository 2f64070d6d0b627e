namespace EOrda.Load.Hostile;

/// <summary>A kind of hostile clients.</summary>
internal enum HostileKind
{
    /// <summary>Bots that claim as fast as they are answered, and clients that send bad input.</summary>
    Bots,

    /// <summary>Connections that send a head's letter a second.</summary>
    SlowLoris,

    /// <summary>WebSockets that say nothing after the upgrade.</summary>
    HalfOpen,

    /// <summary>Watchers of a queue in which nothing happens.</summary>
    IdleWatchers,

    /// <summary>Watchers that never read.</summary>
    DeafWatchers,

    /// <summary>Bodies that never end.</summary>
    EndlessBodies,
}
