using System.Net;

namespace EOrda.Load.Scenarios;

/// <summary>What may be loaded: this machine, and another only when the operator says so in writing.</summary>
internal static class Permission
{
    /// <summary>What the operator has to write for a host.</summary>
    public static string SentenceFor(string host) => $"I may load {host}";

    /// <summary>Reads an address.</summary>
    /// <exception cref="ScenarioException">It is none.</exception>
    public static Uri Read(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : throw new ScenarioException($"'{text}' is not an address.");

    /// <summary>Checks an address.</summary>
    /// <param name="address">Where the load would go.</param>
    /// <param name="written">What the operator wrote, or null.</param>
    /// <exception cref="ScenarioException">The address is another machine's and the sentence is missing or another one.</exception>
    public static void Check(Uri address, string? written)
    {
        if (address.Scheme is not "http")
        {
            throw new ScenarioException($"{address}: only http addresses can be loaded.");
        }

        if (!IsLoopback(address) && written != SentenceFor(address.Host))
        {
            throw new ScenarioException($"{address} is not this machine. Whoever may load it says so with: --permission \"{SentenceFor(address.Host)}\"");
        }
    }

    /// <summary>True for an address of this machine, written as a number or as <c>localhost</c>. Names are not looked up: they could mean anything.</summary>
    public static bool IsLoopback(Uri address) =>
        address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var number) && IPAddress.IsLoopback(number));
}
