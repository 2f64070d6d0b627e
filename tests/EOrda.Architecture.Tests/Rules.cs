using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace EOrda.Architecture.Tests;

/// <summary>docs/architecture.md: the rules know no clock, no input or output, no randomness and no threads. Read from what was compiled.</summary>
public sealed class Rules
{
    private static readonly string[] AllowedOfIO = ["System.IO.InvalidDataException"];

    private static readonly string[] Forbidden =
    [
        "System.IO.", "System.Net.", "System.Threading.", "System.Data.", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.Console",
        "System.Random", "System.TimeProvider", "System.Security.Cryptography.RandomNumberGenerator", "NodaTime.SystemClock", "NodaTime.IClock",
    ];

    private static readonly string[] ForbiddenMembers =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.Guid.NewGuid", "NodaTime.DateTimeZoneProviders.get_Bcl", "NodaTime.IDateTimeZoneProvider.GetSystemDefault",
    ];

    [Fact]
    public void They_use_no_type_that_knows_the_world()
    {
        var used = Compiled(reader => reader.TypeReferences.Select(handle => NameOf(reader, handle)).ToList());
        Assert.Contains("System.Collections.Generic.List`1", used);
        Assert.Empty(used.Where(name => Array.Exists(Forbidden, start => $"{name}.".StartsWith(start.EndsWith('.') ? start : $"{start}.", StringComparison.Ordinal))).Except(AllowedOfIO));
    }

    [Fact]
    public void They_ask_no_clock_and_no_chance()
    {
        var used = Compiled(reader => reader.MemberReferences
            .Select(reader.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Select(member => $"{NameOf(reader, (TypeReferenceHandle)member.Parent)}.{reader.GetString(member.Name)}")
            .ToList());
        Assert.Contains("NodaTime.DateTimeZoneProviders.get_Tzdb", used);
        Assert.Empty(used.Intersect(ForbiddenMembers));

        // The compiler's iterators ask which thread they are on.
        Assert.Empty(used.Where(name => name.StartsWith("System.Environment.", StringComparison.Ordinal)).Except(["System.Environment.get_CurrentManagedThreadId"]));
    }

    [Fact]
    public void Their_state_is_in_objects_and_none_in_static_fields()
    {
        var changeable = Assembly.Load("EOrda.Queues").GetTypes()
            .Where(type => !Array.Exists(type.GetCustomAttributes(false), attribute => attribute is System.Runtime.CompilerServices.CompilerGeneratedAttribute))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => !field.IsInitOnly && !field.IsLiteral && !field.Name.StartsWith('<'))
            .Select(field => $"{field.DeclaringType}.{field.Name}");
        Assert.Empty(changeable);
    }

    private static List<string> Compiled(Func<MetadataReader, List<string>> look)
    {
        using var file = new PEReader(File.OpenRead(Assembly.Load("EOrda.Queues").Location));
        return look(file.GetMetadataReader());
    }

    private static string NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var space = type.ResolutionScope.Kind == HandleKind.TypeReference ? NameOf(reader, (TypeReferenceHandle)type.ResolutionScope) : reader.GetString(type.Namespace);
        return $"{space}.{reader.GetString(type.Name)}";
    }
}
