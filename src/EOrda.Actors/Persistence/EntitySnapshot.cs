namespace EOrda.Actors.Persistence;

/// <summary>An entity's memory as bytes, as it was when the page with the snapshot's sequence number was closed.</summary>
/// <param name="Version">The version of the body's format; a snapshot of another version is not read.</param>
/// <param name="Record">The number of the last record in it.</param>
/// <param name="Hash">The hash of that record.</param>
/// <param name="Body">The memory.</param>
internal sealed record EntitySnapshot(int Version, long Record, ReadOnlyMemory<byte> Hash, ReadOnlyMemory<byte> Body);
