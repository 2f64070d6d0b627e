using EOrda.Portal.Localities;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;

namespace EOrda.Portal.Administration;

/// <summary>A locality to be set up.</summary>
/// <param name="Locality">Its key: 1 to 32 of a–z, 0–9 and hyphen; stands in addresses and never changes.</param>
/// <param name="Letters">Its letters in the numbers of referrals (<c>АЛМ</c>).</param>
/// <param name="Name">What it is called.</param>
/// <param name="Rules">Its rules; what is not named has the default.</param>
/// <param name="Reason">Why.</param>
internal sealed record SetUpRequest(string Locality, string Letters, Name Name, RulesDraft Rules, string Reason);

/// <summary>What a locality is to be called.</summary>
internal sealed record NameRequest(string Letters, Name Name, string Reason);

/// <summary>The localities, for administrators.</summary>
internal sealed record AdministeredLocalities(IReadOnlyList<AdministeredLocality> Localities);

/// <summary>A locality at a glance.</summary>
/// <param name="Locality">Its key.</param>
/// <param name="Letters">Its letters; null where nobody named it.</param>
/// <param name="Name">Its name; null where nobody named it.</param>
/// <param name="Kindergartens">How many kindergartens it has.</param>
/// <param name="MissingYear">The year that its working calendar lacks and should have; null when it lacks none.</param>
internal sealed record AdministeredLocality(string Locality, string? Letters, Name? Name, int Kindergartens, int? MissingYear);

/// <summary>A locality with its rules.</summary>
/// <param name="Locality">Its key, name and calendar.</param>
/// <param name="Rules">The rules in force.</param>
/// <param name="Amendments">What was amended in the portal, and what is to come, the latest first; a hundred at most.</param>
internal sealed record LocalityRulesView(AdministeredLocality Locality, RulesView Rules, IReadOnlyList<AmendmentView> Amendments);

/// <summary>An amendment.</summary>
/// <param name="Amendment">Its identifier.</param>
/// <param name="From">From when it is to be in force; within a minute after that it is.</param>
/// <param name="AskedAt">When it was asked for.</param>
/// <param name="State"><c>pending</c>, <c>decided</c>, <c>refused</c> or <c>withdrawn</c>.</param>
/// <param name="Rules">The rules that it names.</param>
internal sealed record AmendmentView(Guid Amendment, DateTimeOffset From, DateTimeOffset AskedAt, string State, IReadOnlyList<string> Rules);

/// <summary>Rules to be changed.</summary>
internal sealed record DifferenceRequest(RulesDraft Changes);

/// <summary>What a change of rules would change.</summary>
internal sealed record DifferenceView(IReadOnlyList<RuleChange> Changes);

/// <summary>Rules to be changed from an instant on, at least ten minutes ahead.</summary>
internal sealed record AmendRequest(RulesDraft Changes, DateTimeOffset From, string Reason);

/// <summary>A kindergarten to be registered. Registered again with the same locality and kind it gets the new name, address and position.</summary>
/// <param name="Kindergarten">Its identifier in the whole country, which never changes.</param>
/// <param name="Kind"><c>general</c>, <c>special</c> or <c>sanatorium</c>; never changes.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Address">Where it is; null for not known.</param>
/// <param name="Latitude">Degrees north; null for not known.</param>
/// <param name="Longitude">Degrees east; null for not known.</param>
/// <param name="Ownership"><c>state</c> or <c>private</c>; null for not known.</param>
/// <param name="Reason">Why.</param>
internal sealed record RegisterRequest(string Kindergarten, string Kind, Name Name, Name? Address, double? Latitude, double? Longitude, string? Ownership, string Reason);

/// <summary>A line of an import's answer: how far it is; the last one has the report, or the word of the problem that ended it.</summary>
/// <param name="Done">Kindergartens seen to.</param>
/// <param name="Total">Kindergartens to see to.</param>
/// <param name="Report">What came of it; null but in the last line.</param>
/// <param name="Problem">The reason word of the problem that ended it: import the same file again. Null otherwise.</param>
internal sealed record ImportLine(int Done, int Total, ImportReport? Report, string? Problem);

/// <summary>What an import did, or would do.</summary>
/// <param name="DryRun">True when nothing was to be done.</param>
/// <param name="Rows">Rows of the file, without the heading and empty lines.</param>
/// <param name="New">Kindergartens that were not registered before.</param>
/// <param name="Changed">Registered before with another name, address, position or ownership.</param>
/// <param name="Same">Registered before just so.</param>
/// <param name="BadRows">Rows with a fault. With one of them nothing of the file is done.</param>
/// <param name="Faults">The faults, a thousand at most.</param>
internal sealed record ImportReport(bool DryRun, int Rows, int New, int Changed, int Same, int BadRows, IReadOnlyList<RowFault> Faults);

/// <summary>A fault of a file.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column; empty for the whole line.</param>
/// <param name="Fault">What is wrong, in the caller's language.</param>
internal sealed record RowFault(int Line, string Column, string Fault);
