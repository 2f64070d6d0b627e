namespace EOrda.Simulation.Cluster.Seeded;

/// <summary>
/// The task scheduler of a process, or of the world: it is the current one while a piece of work runs, so that what goes on after an await is a piece of
/// work too.
/// </summary>
/// <param name="work">Where what is ready to run goes.</param>
/// <param name="life">The process; null for the world.</param>
internal sealed class SeededTasks(SeededWork work, Life? life) : TaskScheduler
{
    private Task? atOnce;

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs a piece of work now, as a task of this scheduler.</summary>
    public void Run(Action action)
    {
        var task = new Task(action);
        atOnce = task;
        task.Start(this);
        task.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        if (task == atOnce)
        {
            atOnce = null;
            TryExecuteTask(task);
        }
        else
        {
            work.Add(life, () => TryExecuteTask(task));
        }
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
