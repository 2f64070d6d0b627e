using EOrda.Load.Portal;

namespace EOrda.Load.Live;

/// <summary>One browser that watches a queue, however it learns what happens.</summary>
internal interface IBrowser : IAsyncDisposable
{
    /// <summary>The server's time as this browser has measured it.</summary>
    ServerClock Clock { get; set; }

    /// <summary>The queue's latest picture; null before the first.</summary>
    Picture? Picture { get; }

    /// <summary>True while it is told what happens.</summary>
    bool IsConnected { get; }

    /// <summary>Comes to the page and waits for the first picture.</summary>
    /// <exception cref="IOException">It did not come about.</exception>
    Task ConnectAsync();

    /// <summary>Keeps it alive; done every 30 seconds.</summary>
    Task CareAsync();

    /// <summary>Loses the connection as a browser in a lift does; it comes back by itself.</summary>
    Task LoseAsync();
}
