using System.Reflection;

namespace EOrda.Architecture.Tests;

/// <summary>docs/architecture.md: arrows point down only.</summary>
public sealed class Arrows
{
    private const string Queues = "EOrda.Queues";
    private const string Actors = "EOrda.Actors";
    private const string Sqlite = "EOrda.Actors.Sqlite";
    private const string Portal = "EOrda.Portal";
    private const string Cli = "EOrda.Cli";
    private const string Documents = "EOrda.Documents";
    private const string Identifiers = "EOrda.Identifiers";
    private const string Notices = "EOrda.Notices";
    private const string Integrations = "EOrda.Integrations";
    private const string Accounts = "EOrda.Accounts";

    [Theory]
    [InlineData(Queues)]
    [InlineData(Accounts)]
    [InlineData(Actors, Queues)]
    [InlineData(Sqlite, Actors, Queues)]
    [InlineData(Portal, Accounts, Sqlite, Actors, Queues)]
    [InlineData(Cli, Sqlite, Actors, Queues)]
    [InlineData(Identifiers)]
    [InlineData(Documents)]
    [InlineData(Notices, Identifiers, Queues)]
    [InlineData(Integrations, Identifiers, Queues)]
    public void A_project_refers_only_to_those_below_it(string project, params string[] below) =>
        Assert.Empty(Repository.Products[project].Projects.Except(below));

    [Fact]
    public void Every_project_of_the_product_has_its_place() =>
        Assert.Equal([Accounts, Actors, Sqlite, Cli, Documents, Identifiers, Integrations, Notices, Portal, Queues], Repository.Products.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void The_rules_use_NodaTime_and_nothing_else() => Assert.Equal(["NodaTime"], Repository.Products[Queues].Packages);

    [Theory]
    [InlineData(Identifiers)]
    [InlineData(Documents)]
    public void Identifiers_and_documents_use_the_framework_and_nothing_else(string project) => Assert.Empty(Repository.Products[project].Packages);

    [Theory]
    [InlineData(Queues, "NodaTime")]
    [InlineData(
        Accounts,
        "libphonenumber",
        "Microsoft.AspNetCore.Cryptography.KeyDerivation",
        "Microsoft.AspNetCore.DataProtection",
        "Microsoft.AspNetCore.DataProtection.Abstractions",
        "Microsoft.AspNetCore.DataProtection.EntityFrameworkCore",
        "Microsoft.Data.Sqlite",
        "Microsoft.EntityFrameworkCore",
        "Microsoft.EntityFrameworkCore.Abstractions",
        "Microsoft.EntityFrameworkCore.Relational",
        "Microsoft.EntityFrameworkCore.Sqlite",
        "Microsoft.Extensions.DependencyInjection",
        "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Hosting.Abstractions",
        "Microsoft.Extensions.Identity.Core",
        "Microsoft.Extensions.Logging.Abstractions",
        "Microsoft.Extensions.Options",
        "NodaTime",
        "Npgsql",
        "Npgsql.EntityFrameworkCore.PostgreSQL",
        "PhoneNumbers")]
    [InlineData(
        Actors,
        "NodaTime",
        Queues,
        "Microsoft.Extensions.Logging.Abstractions",
        "Akka",
        "Akka.Cluster",
        "Akka.Cluster.Hosting",
        "Akka.Cluster.Sharding",
        "Akka.Hosting",
        "Akka.Persistence",
        "Akka.Persistence.Hosting",
        "Akka.Persistence.Sql",
        "Akka.Persistence.Sql.Hosting",
        "Akka.Remote",
        "Akka.Remote.Hosting",
        "linq2db",
        "Microsoft.Data.Sqlite",
        "Microsoft.Extensions.DependencyInjection",
        "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Hosting",
        "Microsoft.Extensions.Hosting.Abstractions",
        "Npgsql",
        "SQLitePCLRaw.core")]
    public void An_assembly_refers_only_to_those_below_it_and_to_the_framework(string name, params string[] below)
    {
        var references = Assembly.Load(name).GetReferencedAssemblies().Select(reference => reference.Name!);
        Assert.Empty(references.Where(reference => !reference.StartsWith("System.", StringComparison.Ordinal)).Except(below));
    }

    [Theory]
    [InlineData(Queues)]
    [InlineData(Accounts)]
    [InlineData(Sqlite)]
    [InlineData(Portal)]
    [InlineData(Cli)]
    [InlineData(Documents)]
    [InlineData(Identifiers)]
    [InlineData(Notices)]
    [InlineData(Integrations)]
    public void Only_the_actors_know_Akka(string project) =>
        Assert.DoesNotContain(Repository.Products[project].Packages, package => package.StartsWith("Akka", StringComparison.Ordinal));
}
