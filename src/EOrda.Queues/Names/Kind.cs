namespace EOrda.Queues.Names;

/// <summary>The kind of a queue and of the kindergartens it serves (rules, section 1; 001: 18, 19).</summary>
public enum Kind : byte
{
    /// <summary>General education (общеобразовательная).</summary>
    General,

    /// <summary>Correctional, special (коррекционная); needs a PMPK conclusion.</summary>
    Special,

    /// <summary>Sanatorium (санаторная); needs a doctor's referral; its cohorts are profiles, not birth years.</summary>
    Sanatorium,
}
