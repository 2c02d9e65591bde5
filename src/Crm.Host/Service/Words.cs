using System.Text;
using Crm.Plant.Tags;

namespace Crm.Host.Service;

/// <summary>Words of the plant as people read them on a screen.</summary>
public static class Words
{
    public static string Of(Reason reason) => reason switch
    {
        Reason.None => "",
        Reason.NeverRead => "never read",
        Reason.Stale => "stale",
        Reason.NoAnswer => "no answer",
        Reason.OutOfRange => "out of range",
        Reason.DeviceFailure => "device failure",
        Reason.Frozen => "frozen",
        Reason.Substituted => "substituted",
        _ => Of(reason.ToString()),
    };

    /// <summary><c>WeighIn</c> as <c>weigh_in</c>.</summary>
    public static string Of(Enum word) => Of(word.ToString());

    private static string Of(string pascal)
    {
        var text = new StringBuilder(pascal.Length + 4);
        foreach (char c in pascal)
        {
            if (char.IsUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
