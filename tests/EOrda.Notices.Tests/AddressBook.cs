using EOrda.Identifiers;
using EOrda.Notices.Delivery;
using EOrda.Notices.Kinds;
using EOrda.Notices.Texts;

namespace EOrda.Notices.Tests;

/// <summary>Everybody is reached as the test says.</summary>
internal sealed class AddressBook : IAddressees
{
    public static Addressee Parent { get; } =
        new(PhoneNumber.Parse("+77010000042"), "parent@example.org", Language.Kazakh, WantsSms: true, WantsEmail: true, new HashSet<NoticeKind>());

    public Func<string, Addressee?> Find { get; set; } = _ => Parent;

    public Task<IReadOnlyDictionary<string, Addressee>> FindAsync(IReadOnlyCollection<string> addressees, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<string, Addressee>>(
            addressees.Where(addressee => Find(addressee) is not null).ToDictionary(addressee => addressee, addressee => Find(addressee)!, StringComparer.Ordinal));
}
