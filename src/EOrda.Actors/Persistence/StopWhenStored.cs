namespace EOrda.Actors.Persistence;

/// <summary>Tells an entity to stop when everything that it decided is stored and answered: before it is passivated or handed over to another node.</summary>
internal sealed class StopWhenStored
{
    /// <summary>The one message.</summary>
    public static readonly StopWhenStored Message = new();

    private StopWhenStored()
    {
    }
}
