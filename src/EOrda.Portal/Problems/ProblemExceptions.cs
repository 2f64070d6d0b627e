namespace EOrda.Portal.Problems;

/// <summary>A field of the request is not what it should be.</summary>
internal sealed class BadInputException(string field, Fault fault) : Exception($"{field}: {fault.In(Language.English)}")
{
    /// <summary>The field: a property, a header, a part of the address, or <c>body</c>.</summary>
    public string Field { get; } = field;

    /// <summary>What is wrong with it.</summary>
    public Fault Fault { get; } = fault;
}

/// <summary>The request ends in a problem.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Word)
{
    /// <summary>The problem.</summary>
    public Problem Problem { get; } = problem;
}
