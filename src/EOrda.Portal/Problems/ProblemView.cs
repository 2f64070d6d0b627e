namespace EOrda.Portal.Problems;

/// <summary>The shape of a problem (RFC 9457), for the OpenAPI document.</summary>
/// <param name="Type"><c>urn:eorda:problem:</c> and the reason.</param>
/// <param name="Title">What is wrong, in the caller's language.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What it means and what can be done, in the caller's language.</param>
/// <param name="Reason">The word to program against.</param>
/// <param name="Field">With <c>bad-input</c>: the field at fault.</param>
/// <param name="Fault">With <c>bad-input</c>: what is wrong with it.</param>
internal sealed record ProblemView(string Type, string Title, int Status, string Detail, string Reason, string? Field, string? Fault);
