using System.ComponentModel.DataAnnotations;

namespace EOrda.Portal.Admission;

/// <summary>The bounds of what is let in; what is beyond is refused at once, with when to come again.</summary>
internal sealed record AdmissionLimits
{
    /// <summary>Requests that the node has under way, at the most and with every wait short; one more is answered <c>busy</c>.</summary>
    [Range(16, 1_000_000)]
    public int Requests { get; init; } = 10_000;

    /// <summary>The wait for the node that a command may come to. Where they wait longer, fewer requests are let in: as many as are answered in that time.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Commands a second of all together that have proved themselves; more are answered <c>busy</c>. To turn a request away costs nearly as much as to decide it, so a machine that
    /// decides as much as it can has nothing left to refuse with: this keeps something back. The default keeps nothing.
    /// After a pause a fifth of a second's commands may come at once.
    /// </summary>
    [Range(1, 1_000_000)]
    public int CommandRate { get; init; } = 1_000_000;

    /// <summary>
    /// Requests a second of all together that prove nothing: commands without their application's secret, and what no endpoint answers. Each is told so; more are
    /// answered <c>busy</c>.
    /// </summary>
    [Range(1, 1_000_000)]
    public int UnprovedRate { get; init; } = 1_000;

    /// <summary>Commands a second of one application, proved by its secret; more are answered <c>too-many-requests</c>.</summary>
    [Range(1, 1_000_000)]
    public int ApplicationRate { get; init; } = 5;

    /// <summary>Commands of one application that may come at once after a pause.</summary>
    [Range(1, 1_000_000)]
    public int ApplicationBurst { get; init; } = 20;

    /// <summary>Commands of one application under way at once, from the first byte of their body on; more are answered <c>too-many-requests</c>.</summary>
    [Range(1, 1_000_000)]
    public int ApplicationRequests { get; init; } = 4;

    /// <summary>Requests a second of one address; more are answered <c>too-many-requests</c>. A town behind one address must get through.</summary>
    [Range(1, 1_000_000)]
    public int AddressRate { get; init; } = 1_000;

    /// <summary>Requests of one address that may come at once after a pause.</summary>
    [Range(1, 1_000_000)]
    public int AddressBurst { get; init; } = 10_000;

    /// <summary>
    /// Looks and commands of one address under way at once, until their answer is written; more are answered <c>too-many-requests</c>. A town behind one address must
    /// get through: most are answered within a tenth of a second.
    /// </summary>
    [Range(1, 1_000_000)]
    public int AddressRequests { get; init; } = 256;

    /// <summary>Looks a second of one address at applications whose secret it does not show; more are answered <c>too-many-requests</c>.</summary>
    [Range(1, 1_000_000)]
    public int LookRate { get; init; } = 20;

    /// <summary>Of them at once after a pause.</summary>
    [Range(1, 1_000_000)]
    public int LookBurst { get; init; } = 200;

    /// <summary>Applications, and addresses, whose recent rate is known; beyond, some share a rate. As many counts of what they have under way.</summary>
    [Range(4, 1 << 24)]
    public int RatesKept { get; init; } = 65_536;
}
