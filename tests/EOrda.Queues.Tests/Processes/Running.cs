using EOrda.Queues.Country;
using EOrda.Queues.Steps;

namespace EOrda.Queues.Tests.Processes;

/// <summary>A process that somebody runs, who may forget its replies.</summary>
internal sealed class Running(Process process)
{
    private const int MostSteps = 100;
    private readonly List<Reply> replies = [];

    /// <summary>How many steps were replied to.</summary>
    public int Steps => replies.Count;

    /// <summary>True when no step is left.</summary>
    public bool IsDone => process.After(replies).Ask is null;

    /// <summary>The answer as soon as there is one.</summary>
    public Answer? Answer => process.After(replies).Answer;

    /// <summary>The step that is to be asked next.</summary>
    public ProcessStep? Ask => process.After(replies).Ask;

    /// <summary>Asks the next step. False when the entity is busy with another process.</summary>
    public bool Step(World world)
    {
        var reply = world.Take(Ask!);
        if (reply is Busy)
        {
            return false;
        }

        replies.Add(reply);
        return true;
    }

    /// <summary>Whoever ran it has lost the replies and begins again.</summary>
    public void Forget() => replies.Clear();

    /// <summary>Runs it to its end, where nothing else is under way.</summary>
    public void RunToEnd(World world, Action? afterStep = null)
    {
        while (!IsDone)
        {
            Assert.True(Step(world), $"Busy: {Ask}");
            Assert.InRange(Steps, 0, MostSteps);
            afterStep?.Invoke();
        }
    }
}
