using NodaTime;

namespace EOrda.Model.Generation;

/// <summary>When a generated file begins, and the zones that are worth having then.</summary>
internal sealed record Era(Instant Start, IReadOnlyList<string> Exotic)
{
    public static readonly IReadOnlyList<string> Plain = ["Asia/Almaty", "Asia/Oral", "Asia/Kathmandu", "Asia/Aqtau", "UTC"];

    private static readonly IReadOnlyList<Era> All =
    [
        // The whole of Kazakhstan goes to UTC+5 on 1 March 2024.
        Of("2024-02-22", "Asia/Almaty", "Asia/Almaty", "Asia/Oral", "Africa/Cairo", "Asia/Qostanay"),
        Of("2023-12-10", "Asia/Almaty", "Asia/Oral", "Europe/Lisbon"),

        // From 31 January the trailing month reaches to 1 March, 28 and 29 February being short of it.
        Of("2024-01-24", "Asia/Almaty", "Asia/Oral", "Africa/Cairo"),
        Of("2027-01-22", "Asia/Almaty", "Asia/Almaty", "Europe/Lisbon"),

        // Midnight is skipped in Brazil in November and comes an hour late in February.
        Of("2018-10-25", "America/Sao_Paulo", "Europe/Lisbon", "Asia/Beirut"),
        Of("2018-02-08", "America/Sao_Paulo", "America/Havana", "Europe/Lisbon"),

        // Midnight is skipped in Egypt on the last Friday of April.
        Of("2024-04-18", "Africa/Cairo", "Asia/Beirut", "Europe/Lisbon"),
        Of("2023-10-20", "Africa/Cairo", "America/Havana", "Australia/Lord_Howe"),

        // Samoa goes without 30 December 2011.
        Of("2011-12-15", "Pacific/Apia", "Pacific/Apia", "America/St_Johns", "America/Sao_Paulo"),
        Of("2010-10-28", "America/St_Johns", "Pacific/Apia", "Asia/Kathmandu"),
        Of("2026-02-20", "Europe/Lisbon", "Africa/Cairo", "Asia/Almaty"),
        Of("2026-05-11", "Asia/Almaty", "Europe/Lisbon", "Asia/Oral"),
        Of("2027-11-20", "Asia/Almaty", "Europe/Lisbon", "Pacific/Apia"),
        Of("2026-08-24", "Asia/Almaty", "Africa/Cairo", "Asia/Oral"),
    ];

    public static Era Pick(Dice dice) => dice.Pick(All);

    private static Era Of(string date, params string[] exotic) =>
        new(NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value.AtMidnight().InUtc().ToInstant(), exotic);
}
