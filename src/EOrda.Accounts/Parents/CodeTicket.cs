namespace EOrda.Accounts.Parents;

/// <summary>A code was asked for. The same is replied where the IIN has no account: nothing is sent then.</summary>
/// <param name="Ticket">To be shown with the digits. Its holder has proved nothing.</param>
/// <param name="ExpiresAt">Until when the digits are good.</param>
public sealed record CodeTicket(Guid Ticket, DateTimeOffset ExpiresAt);
