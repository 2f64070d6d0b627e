using EOrda.Identifiers;
using EOrda.Notices.Kinds;
using EOrda.Notices.Texts;

namespace EOrda.Notices.Delivery;

/// <summary>Knows where people are reached; the portal has it from their accounts. Addresses are looked up when a message is sent and are not kept here.</summary>
public interface IAddressees
{
    /// <summary>Looks people up.</summary>
    /// <param name="addressees">Identifiers of the portal; at most some hundreds.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Those that are known; who is not is not reached.</returns>
    Task<IReadOnlyDictionary<string, Addressee>> FindAsync(IReadOnlyCollection<string> addressees, CancellationToken cancellation);
}

/// <summary>Where a person is reached, and how the person chose.</summary>
/// <param name="Phone">The phone, or null.</param>
/// <param name="Email">The e-mail address, or null.</param>
/// <param name="Language">The language of e-mails.</param>
/// <param name="WantsSms">SMS are wanted.</param>
/// <param name="WantsEmail">E-mails are wanted.</param>
/// <param name="TurnedOff">The kinds that were turned off; legal ones come all the same.</param>
public sealed record Addressee(PhoneNumber? Phone, string? Email, Language Language, bool WantsSms, bool WantsEmail, IReadOnlySet<NoticeKind> TurnedOff)
{
    /// <summary>Nothing of the person.</summary>
    public override string ToString() => "an addressee";

    /// <summary>True where a notice goes by SMS. Legal ones do when no other way was chosen.</summary>
    internal bool GetsBySms(KindTraits kind) => Gets(kind) && (WantsSms || (kind.IsLegal && !CanGetEmail));

    /// <summary>True where a notice goes by e-mail.</summary>
    internal bool GetsByEmail(KindTraits kind) => Gets(kind) && CanGetEmail;

    private bool CanGetEmail => WantsEmail && Email is not null;

    private bool Gets(KindTraits kind) => kind.IsLegal || !TurnedOff.Contains(kind.Kind);
}
