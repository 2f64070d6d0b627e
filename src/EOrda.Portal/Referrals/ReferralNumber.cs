using System.Globalization;
using EOrda.Portal.Localities;
using EOrda.Queues.Names;

namespace EOrda.Portal.Referrals;

/// <summary>
/// The number of a referral for people: the locality's letters, the queue and the referral's serial in it. <c>АЛМ-2022-0009</c> is of the general queue of
/// those born in 2022; <c>СП</c> before the year says special, <c>СН</c> with the profile's code sanatorium. No two referrals of a locality share one.
/// </summary>
internal static class ReferralNumber
{
    /// <summary>The number of a referral that the rules know as <c>almaty/general/2022/9</c>. A key stands in capitals for what the portal has no letters for.</summary>
    public static string Of(string referral, LocalityNames names)
    {
        var slash = referral.LastIndexOf('/');
        if (slash < 0 || !QueueKey.TryParse(referral[..slash], out var queue))
        {
            throw new FormatException($"'{referral}' is not a referral of a queue.");
        }

        var serial = int.Parse(referral.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        var letters = names.FindLocality(queue.Locality)?.Letters ?? queue.Locality.ToUpperInvariant();
        return string.Create(CultureInfo.InvariantCulture, $"{letters}-{PartOf(queue, names)}-{serial:D4}");
    }

    private static string PartOf(QueueKey queue, LocalityNames names) => queue.Kind switch
    {
        Kind.General => queue.Cohort,
        Kind.Special => $"СП{queue.Cohort}",
        _ => names.FindProfile(queue.Cohort) is { } profile ? $"СН{profile.Code}" : $"СН-{queue.Cohort.ToUpperInvariant()}",
    };
}
