namespace EOrda.Accounts.Codes;

/// <summary>Sends codes; the portal joins it with the notices.</summary>
public interface ICodeSender
{
    /// <summary>Takes a code to be sent. Returns at once and throws nothing: whether a code is sent must not be seen by how long it takes.</summary>
    void Send(CodeMessage message);
}

/// <summary>A code on its way to its owner.</summary>
/// <param name="phone">The number, in E.164.</param>
/// <param name="digits">The six digits. To be written nowhere but in the message.</param>
/// <param name="purpose">What for.</param>
public sealed class CodeMessage(string phone, string digits, CodePurpose purpose)
{
    /// <summary>The number, in E.164.</summary>
    public string Phone { get; } = phone;

    /// <summary>The six digits. To be written nowhere but in the message.</summary>
    public string Digits { get; } = digits;

    /// <summary>What for.</summary>
    public CodePurpose Purpose { get; } = purpose;

    /// <summary>Tells neither number nor digits.</summary>
    public override string ToString() => Purpose.ToString();
}
