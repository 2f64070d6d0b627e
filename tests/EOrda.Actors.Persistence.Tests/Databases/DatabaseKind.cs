using System.Reflection;
using Xunit.Sdk;

namespace EOrda.Actors.Persistence.Tests.Databases;

/// <summary>The databases that keep a journal.</summary>
public enum DatabaseKind
{
    /// <summary>The embedded file.</summary>
    Sqlite,

    /// <summary>A server.</summary>
    PostgreSql,
}

/// <summary>Runs a theory on SQLite.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnSqliteAttribute : DataAttribute
{
    /// <inheritdoc/>
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[DatabaseKind.Sqlite]];
}

/// <summary>Runs a theory on PostgreSQL; skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnPostgreSqlAttribute : DataAttribute
{
    /// <summary>Looks whether it is installed.</summary>
    public OnPostgreSqlAttribute() => Skip = PostgresServer.Missing;

    /// <inheritdoc/>
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[DatabaseKind.PostgreSql]];
}
