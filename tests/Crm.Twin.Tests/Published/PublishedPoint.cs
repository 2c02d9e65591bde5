using System.Globalization;

namespace Crm.Twin.Tests.Published;

internal enum Standing
{
    /// <summary>The model gets there, and no constant was set to this point.</summary>
    Agrees,

    /// <summary>A constant was set to this point: agreement proves that the model can be there, not that it is right.</summary>
    Set,

    /// <summary>The model gets elsewhere; the word says why.</summary>
    Short,

    /// <summary>Nothing in the program can be asked.</summary>
    NotModelled,
}

/// <summary>One published figure and what the model makes of it: a row of docs/physics.md.</summary>
/// <param name="Quantity">What, and under which conditions.</param>
/// <param name="Published">As the source says it, with the source.</param>
/// <param name="Low">Lowest figure that counts as the published one.</param>
/// <param name="High">Highest.</param>
/// <param name="Got">Null where nothing can be asked.</param>
/// <param name="Format">Of what was got, with its unit: its digits are what the page vouches for.</param>
internal sealed record PublishedPoint(string Quantity, string Published, double Low, double High, Func<double>? Got, string Format, Standing Standing, string Word)
{
    public static PublishedPoint NotModelled(string quantity, string published, string word) => new(quantity, published, 0, 0, null, "", Standing.NotModelled, word);

    public string Key => $"| {Quantity} | {Published} |";

    public string Row(double got) => $"{Key} {(Got is null ? "–" : got.ToString(Format.Replace("%", "'%'", StringComparison.Ordinal), CultureInfo.InvariantCulture))} | {Say()}{Word} |";

    private string Say() => Standing switch
    {
        Standing.Agrees => "agrees",
        Standing.Set => "**set to it**",
        Standing.Short => "**differs**",
        _ => "**not modelled**",
    } + (Word.Length > 0 ? ": " : "");
}
