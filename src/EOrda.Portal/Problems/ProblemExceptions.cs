namespace EOrda.Portal.Problems;

/// <summary>A field of the request is not what it should be.</summary>
internal sealed class BadInputException(string field, string fault) : Exception($"{field}: {fault}")
{
    /// <summary>The field: a property, a header, a part of the address, or <c>body</c>.</summary>
    public string Field { get; } = field;

    /// <summary>What is wrong with it. Never holds what was sent.</summary>
    public string Fault { get; } = fault;
}

/// <summary>The request ends in a problem.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Word)
{
    /// <summary>The problem.</summary>
    public Problem Problem { get; } = problem;
}
