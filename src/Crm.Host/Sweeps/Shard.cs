using System.Globalization;
using Crm.Host.CommandLine;

namespace Crm.Host.Sweeps;

/// <summary>One of several parts into which a sweep is dealt, so that any number of machines can share it.</summary>
/// <param name="Number">From 1.</param>
public readonly record struct Shard(int Number, int Of)
{
    public static readonly Shard Whole = new(1, 1);

    public bool Takes(int run) => run % Of == Number - 1;

    /// <summary><c>2/8</c>; null is the whole.</summary>
    /// <exception cref="UsageException">The words say no shard.</exception>
    public static Shard Parse(string? text)
    {
        if (text is null) return Whole;
        string[] parts = text.Split('/');
        if (parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int of) && number >= 1 && number <= of)
            return new Shard(number, of);
        throw new UsageException($"--shard {text}: expected i/n with i from 1 to n, for example --shard 2/8");
    }
}
