namespace Crm.Twin.Checks;

/// <summary>Where something stands in a file, counted from 1; column in bytes.</summary>
public readonly record struct JsonPlace(int Line, int Column)
{
    public override string ToString() => $"{Line}:{Column}";
}

/// <summary>The file cannot be used; <paramref name="place"/> says where. The message is for the person who wrote it.</summary>
public sealed class CaseFileException(string code, JsonPlace place, string message) : Exception(message)
{
    public string Code => code;

    public JsonPlace Place => place;
}
