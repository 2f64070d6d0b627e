using System.Runtime.Serialization;
using Akka.Actor;
using EOrda.Actors.Routing;
using EOrda.Actors.Wire;

namespace EOrda.Actors.Persistence.Tests.Wiring;

/// <summary>Messages between nodes keep all that they say, and bytes that are none are refused and do nothing else.</summary>
public sealed class MessagesBetweenNodes : IAsyncLifetime
{
    private readonly ActorSystem system = ActorSystem.Create("wire", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
    private EordaWireSerializer serializer = null!;
    private Samples samples = null!;

    public Task InitializeAsync()
    {
        serializer = new EordaWireSerializer((ExtendedActorSystem)system);
        samples = new Samples(system.ActorOf(Props.Empty));
        return Task.CompletedTask;
    }

    [Fact]
    public void Every_message_between_nodes_has_a_format_and_a_sample()
    {
        var messages = typeof(IWireMessage).Assembly.GetTypes().Where(type => typeof(IWireMessage).IsAssignableFrom(type) && !type.IsAbstract).ToHashSet();
        Assert.Equal(Names(messages), Names(EordaWireSerializer.Types));
        Assert.Equal(Names(messages), Names(samples.Messages.Select(message => message.GetType()).Distinct()));
    }

    [Fact]
    public void A_message_comes_out_as_it_went_in()
    {
        foreach (var message in samples.Messages)
        {
            SameData.Assert(message, serializer.FromBinary(serializer.ToBinary(message), serializer.Manifest(message)));
        }
    }

    [Fact]
    public void Bytes_that_are_cut_off_or_too_many_are_no_message()
    {
        foreach (var message in samples.Messages)
        {
            var (bytes, manifest) = (serializer.ToBinary(message), serializer.Manifest(message));
            for (var length = 0; length < bytes.Length; length++)
            {
                Assert.Throws<SerializationException>(() => serializer.FromBinary(bytes[..length], manifest));
            }

            Assert.Throws<SerializationException>(() => serializer.FromBinary([.. bytes, 0], manifest));
        }
    }

    [Fact]
    public void Bytes_that_were_changed_are_another_message_or_none()
    {
        var none = 0;
        foreach (var message in samples.Messages)
        {
            var (bytes, manifest) = (serializer.ToBinary(message), serializer.Manifest(message));
            for (var i = 0; i < bytes.Length; i++)
            {
                foreach (var other in new byte[] { 0, 1, 0x7F, 0x80, 0xFF, (byte)~bytes[i] })
                {
                    var changed = bytes.ToArray();
                    changed[i] = other;
                    none += IsNone(changed, manifest) ? 1 : 0;
                }
            }
        }

        Assert.True(none > 0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ask-queue-0")]
    [InlineData("EOrda.Actors.Queues.AskQueue, EOrda.Actors")]
    public void A_manifest_that_is_not_known_is_refused(string manifest) =>
        Assert.Throws<SerializationException>(() => serializer.FromBinary([1, 2, 3], manifest));

    [Fact]
    public void What_has_no_format_does_not_leave_the_node() => Assert.Throws<SerializationException>(() => serializer.ToBinary(new Uri("http://localhost")));

    [Fact]
    public void The_manifests_are_those_in_the_file()
    {
        var lines = WireFormats.All.Select(format => $"{format.Manifest} {format.Type.Name}").Order(StringComparer.Ordinal);
        Assert.Equal(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "wire-manifests.txt")).Where(line => !line.StartsWith('#')), lines);
    }

    public async Task DisposeAsync() => await system.Terminate();

    private bool IsNone(byte[] bytes, string manifest)
    {
        try
        {
            serializer.FromBinary(bytes, manifest);
            return false;
        }
        catch (SerializationException)
        {
            return true;
        }
    }

    private static IEnumerable<string> Names(IEnumerable<Type> types) => types.Select(type => type.Name).Order(StringComparer.Ordinal);
}
