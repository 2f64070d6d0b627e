using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

namespace EOrda.Cli.Replay;

/// <summary>Runs one file through the rules, line by line; the memory it takes is that of the state, not of the file.</summary>
internal sealed class ReplayRun
{
    private readonly LineReader lines;
    private readonly AnswerWriter answers;
    private readonly Action<UnknownYear> unknownYear;
    private readonly WholeCountry country;
    private readonly LineFields fields = new();
    private readonly HashSet<(string Locality, int Year)> told = [];

    /// <summary>Begins a run at the first line.</summary>
    /// <param name="lines">The file.</param>
    /// <param name="answers">Receives an answer a line.</param>
    /// <param name="unknownYear">Is told of each locality's year that a deadline reached and the calendar does not know, once.</param>
    public ReplayRun(LineReader lines, AnswerWriter answers, Action<UnknownYear> unknownYear)
    {
        (this.lines, this.answers, this.unknownYear) = (lines, answers, unknownYear);
        country = new WholeCountry(Watch);
    }

    /// <summary>The number of the line read last, from 1 on; blank lines and comments count.</summary>
    public long Line { get; private set; }

    /// <summary>Reads and answers the next line. False after the last.</summary>
    /// <exception cref="MalformedLineException">The line is malformed; those before it have been answered.</exception>
    public bool Step()
    {
        Line++;
        if (!lines.TryRead(out var line))
        {
            return false;
        }

        if (Line == 1 && line.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }

        if (!line.StartsWith("#"u8) && line.Trim(" \t\r"u8) is { IsEmpty: false } text)
        {
            Answer(text);
        }

        return true;
    }

    private void Watch(Queue queue, QueueEvent happened)
    {
        if (CalendarReach.UnknownYear(queue.Rules, happened) is { } year && told.Add((queue.Key.Locality, year)))
        {
            unknownYear(new UnknownYear(Line, queue.Key.Locality, year));
        }
    }

    private void Answer(ReadOnlySpan<byte> text)
    {
        fields.Read(text);
        var at = fields.Instant(Field.At);
        if (at < country.At)
        {
            throw new MalformedLineException($"at: {at} is earlier than {country.At} of a line before");
        }

        switch (LineCommands.Read(fields, at))
        {
            case PositionOf question when country.QueueOfApplication(question.Application, at) is { } queue:
                answers.Write(Line, queue.Find(question.Application)!);
                break;
            case PositionOf:
                answers.Write(Line, Refusal.For(Reason.UnknownApplication));
                break;
            case OrderOf question when country.QueueNamed(question.Queue, at) is { } queue:
                answers.WriteOrder(Line, queue.OrderFrom(1, int.MaxValue));
                break;
            case PlacesOf question when country.QueueNamed(question.Queue, at) is { } queue:
                answers.WritePlaces(Line, queue.PlacesAt(at));
                break;
            case OrderOf or PlacesOf:
                answers.Write(Line, Refusal.For(Reason.BadQueue));
                break;
            case var command:
                answers.Write(Line, country.Execute(command, at));
                break;
        }
    }
}

/// <summary>A deadline reached a year that the locality's calendar does not know.</summary>
/// <param name="Line">The line that was being answered.</param>
/// <param name="Locality">The locality.</param>
/// <param name="Year">The year.</param>
internal sealed record UnknownYear(long Line, string Locality, int Year);
