namespace EOrda.Notices.Texts;

/// <summary>A language of the portal.</summary>
public enum Language
{
    /// <summary>Kazakh, the state language; first where texts stand in the state's order.</summary>
    Kazakh,

    /// <summary>Russian.</summary>
    Russian,

    /// <summary>English.</summary>
    English,
}
