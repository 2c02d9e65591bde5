namespace Crm.Host.Service;

/// <summary>
/// A record that begins on the twin in mid-batch: of <c>crm demo</c> and <c>--from</c>. It begins anew each time; a record that did not begin so is never deleted for it. A file beside
/// the record says which it is.
/// </summary>
public static class Rehearsal
{
    private const string Says = "The record of this rig began on its twin in mid-batch. Another demonstration, or crm serve --from, deletes it and begins anew.\n";

    /// <param name="rig">Its name, from which its files have theirs.</param>
    /// <param name="says">Told where a record is that is not gone on with.</param>
    public static void Begin(string folder, string rig, TimeProvider clock, TextWriter says)
    {
        string mark = Mark(folder, rig), record = Path.Combine(folder, rig + ".journal.db");
        string[] files = [record, Path.Combine(folder, rig + ".history.db"), Path.Combine(folder, rig + ".alive")];
        if (File.Exists(mark))
        {
            foreach (string file in files) KeptAside.Delete(file);
        }
        else
        {
            foreach (string file in files.Where(File.Exists))
            {
                string aside = KeptAside.Move(file, "kept", clock);
                if (file == record) says.WriteLine($"crm: the record of {rig} in {folder} did not begin in mid-batch: it is kept as {aside}, and a new one begins");
            }
        }

        File.WriteAllText(mark, Says);
    }

    /// <summary>From now on the record counts: a service goes on with it.</summary>
    public static void GoOn(string folder, string rig) => File.Delete(Mark(folder, rig));

    private static string Mark(string folder, string rig) => Path.Combine(folder, rig + ".rehearsal");
}
