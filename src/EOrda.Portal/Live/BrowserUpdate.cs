using EOrda.Actors.Live;
using EOrda.Queues.Order;
using EOrda.Queues.Time;

namespace EOrda.Portal.Live;

/// <summary>What an update tells the browsers.</summary>
/// <param name="Number">Its number.</param>
/// <param name="At">When the latest was decided that it tells.</param>
/// <param name="First">When the first was.</param>
/// <param name="Window">The window of priority access now.</param>
/// <param name="WindowBefore">The window that the browsers know.</param>
/// <param name="Changes">The changes of the order.</param>
/// <param name="Places">The places that changed.</param>
/// <param name="Known">Places with numbers from this one on are new to the browsers and are named.</param>
internal readonly record struct BrowserUpdate(
    long Number,
    Moment At,
    Moment First,
    LiveWindow Window,
    LiveWindow WindowBefore,
    IReadOnlyList<OrderChange> Changes,
    IReadOnlyList<NumberedPlace> Places,
    int Known);
