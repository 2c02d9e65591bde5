using System.CommandLine;
using System.Globalization;
using Crm.Host.Approvals;
using Crm.Plant.Ports;
using Crm.Recipes.Diagnostics;
using Crm.Store.Journal;

namespace Crm.Host.CommandLine;

/// <summary><c>crm verify-log DIR</c>: proof that the records of a folder are as they were written (SEC-15).</summary>
public static class VerifyLogCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "data folder of crm serve or crm demo, folder of a run, or one journal file" };
        var head = new Option<string?>("--head") { Description = "NUMBER:HASH that this command printed before and that was kept elsewhere: also finds an end that was cut off, and a record written anew" };
        var command = new Command("verify-log", CrmCommand.WithExamples(
            "Walks the chain of hashes of every journal in a folder, and the file of approvals, and says of each that it is whole or where it breaks. Keep the printed head elsewhere. Exit code 0 whole, 1 not, 2 there is no journal.",
            "crm verify-log out/serve",
            "crm verify-log /var/lib/crm/lithium-pilot.journal.db --head 4711:9f2c…"));
        command.Arguments.Add(folder);
        command.Options.Add(head);
        command.SetAction(p => Verify(p.GetValue(folder)!, p.GetValue(head)));
        return command;
    }

    private static int Verify(string place, string? asked)
    {
        string[] journals = File.Exists(place) ? [place]
            : Directory.Exists(place) ? [.. Directory.EnumerateFiles(place, "*journal.db").Order(StringComparer.Ordinal)]
            : throw new UsageException($"{place}: no such file or folder");
        JournalHead? expected = asked is null ? null : Head(asked);
        if (journals.Length == 0) throw new UsageException($"{place}: there is no journal in it (RIG.journal.db of a service, journal.db of a run)");
        if (expected is not null && journals.Length > 1) throw new UsageException($"--head is of one journal: name it, one of {string.Join(", ", journals)}");
        bool isWhole = true;
        foreach (string journal in journals) isWhole &= IsWhole(journal, expected);
        if (Directory.Exists(place) && File.Exists(Path.Combine(place, ApprovalStore.FileName))) isWhole &= AreApprovalsWhole(new ApprovalStore(place));
        return isWhole ? ExitCodes.Good : ExitCodes.Problems;
    }

    private static bool IsWhole(string journal, JournalHead? expected)
    {
        try
        {
            var found = JournalVerification.Verify(journal, expected);
            string entries = found.Entries == 1 ? "1 entry" : string.Create(CultureInfo.InvariantCulture, $"{found.Entries} entries");
            if (found.IsUntouched) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{journal}: whole, {entries}, head {found.Head.Sequence}:{found.Head.Hash}"));
            else Console.Out.WriteLine($"{journal}: NOT as it was written: {found.Problem}; {entries} before that are whole");
            return found.IsUntouched;
        }
        catch (JournalFaultException unreadable)
        {
            Console.Out.WriteLine($"{journal}: NOT readable: {unreadable.Message}");
            return false;
        }
    }

    private static bool AreApprovalsWhole(ApprovalStore store)
    {
        var (entries, problems, _) = store.Read();
        foreach (Diagnostic problem in problems) Console.Out.WriteLine($"{store.Path}: NOT as it was written: {problem}");
        if (problems.IsEmpty) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{store.Path}: whole, {entries.Length} {(entries.Length == 1 ? "entry" : "entries")}"));
        return problems.IsEmpty;
    }

    private static JournalHead Head(string text) =>
        text.Split(':') is [var number, { Length: 64 } hash] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long sequence) && hash.All(char.IsAsciiHexDigit)
            ? new JournalHead(sequence, hash.ToLowerInvariant())
            : throw new UsageException($"--head {text}: expected NUMBER:HASH as this command prints it, 64 hexadecimal digits");
}
