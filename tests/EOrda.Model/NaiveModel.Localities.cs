using EOrda.Model.Domain;
using EOrda.Model.Replay;
using EOrda.Model.Time;

namespace EOrda.Model;

/// <summary>replay.md, "Commands": `rules`, `amend`, `kindergarten`.</summary>
public sealed partial class NaiveModel
{
    private Answer LayDownRules(ReplayLine line)
    {
        var name = line.Text("locality");
        if (localities.ContainsKey(name))
            return Replay.Answer.No("duplicate-locality");
        if (LocalClock.Find(line.Text("timeZone")) is not { } zone || new LocalityRules().With(line) is not { } rules)
            return Replay.Answer.No("bad-rules");
        localities.Add(name, new Locality(name, zone, rules));
        return Replay.Answer.Ok();
    }

    /// <summary>rules.md 10: amended from this instant on; what was already fixed keeps its instant.</summary>
    private Answer Amend(ReplayLine line)
    {
        if (!localities.TryGetValue(line.Text("locality"), out var locality))
            return Replay.Answer.No("unknown-locality");
        if (LocalityRules.Unamendable.Any(line.Has) || locality.Rules.With(line) is not { } rules)
            return Replay.Answer.No("bad-rules");
        locality.Rules = rules;
        return Replay.Answer.Ok();
    }

    private Answer OpenKindergarten(ReplayLine line)
    {
        if (!localities.TryGetValue(line.Text("locality"), out var locality))
            return Replay.Answer.No("unknown-locality");
        if (kindergartens.ContainsKey(line.Text("id")))
            return Replay.Answer.No("duplicate-kindergarten");
        kindergartens.Add(line.Text("id"), new Kindergarten(line.Text("id"), locality, line.Text("kind")));
        return Replay.Answer.Ok();
    }
}
