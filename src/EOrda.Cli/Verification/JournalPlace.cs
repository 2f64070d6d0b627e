using System.CommandLine;
using EOrda.Actors.Persistence;

namespace EOrda.Cli.Verification;

/// <summary>Where a command finds the journal: a data directory, or a PostgreSQL server.</summary>
internal sealed class JournalPlace
{
    /// <summary>The data directory.</summary>
    public Argument<DirectoryInfo?> Directory { get; } = new("DIR") { Description = "The data directory; a portal may be running on it.", Arity = ArgumentArity.ZeroOrOne };

    /// <summary>The server.</summary>
    public Option<string?> Server { get; } = new("--database") { Description = "The PostgreSQL server in place of DIR: Host=...;Database=...;Username=... (a password belongs into ~/.pgpass)." };

    /// <summary>Adds both to a command, of which one must be given.</summary>
    public void AddTo(Command command)
    {
        command.Add(Directory);
        command.Add(Server);
        command.Validators.Add(given =>
        {
            if (given.GetValue(Directory) is null == given.GetValue(Server) is null)
            {
                given.AddError("Give either DIR or --database.");
            }
        });
    }

    /// <summary>The database; null when the directory has none of pages.</summary>
    public Database? DatabaseOf(ParseResult parsed)
    {
        if (parsed.GetValue(Server) is { } server)
        {
            return Database.PostgreSql(server);
        }

        var directory = parsed.GetRequiredValue(Directory)!.FullName;
        return SqliteFile.IsIn(directory) ? Database.Sqlite(directory) : null;
    }
}
