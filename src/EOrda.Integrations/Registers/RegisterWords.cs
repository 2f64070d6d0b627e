namespace EOrda.Integrations.Registers;

/// <summary>The words of registers and faults, as they are kept and logged.</summary>
internal static class RegisterWords
{
    public const string MobileNumbers = "mobile-numbers";
    public const string Persons = "persons";
    public const string CivilActs = "civil-acts";
    public const string Education = "education";
    public const string Disability = "disability";
    public const string LargeFamilies = "large-families";

    public const string NotConnected = "not-connected";
    public const string NotUnderstood = "answer-not-understood";
    public const string TimeOut = "time-out";
    public const string NoConnection = "no-connection";
    public const string LetAlone = "circuit-open";
}
