namespace EOrda.Model.Replay;

/// <summary>What a field of a command may hold; anything else is malformed (replay.md, last precision).</summary>
internal enum FieldType
{
    Text,

    /// <summary>The name of an application, child, applicant, place, kindergarten or locality: not empty.</summary>
    Identifier,
    IdentifierList,
    Truth,
    Instant,
    Date,
    Category,
    Kind,
    WholeNumber,
    GroupAge,

    /// <summary>A rules parameter: the JSON type is checked here, the value by <see cref="Domain.LocalityRules"/> (bad-rules).</summary>
    ParameterText,
    ParameterNumber,
    ParameterTruth,
    ParameterNumberList,
    ParameterTextList,
}
