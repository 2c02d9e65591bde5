using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Plant.Ports;
using Crm.Plant.Quantities;
using Crm.Plant.UnitOperations;
using Crm.Store.Images;

namespace Crm.Host.Checkpoints;

/// <summary>
/// A run of the twin as a file: a line that says what it is, then, packed, the state of plant, controllers and technician, the record and the history
/// so far, then the SHA-256 of everything before it. A run that goes on from it ends byte for byte as the one it was taken from.
/// </summary>
public static class CheckpointFile
{
    private const int LongestLine = 1 << 20;

    public const string Extension = ".checkpoint";

    /// <exception cref="InvalidOperationException">The run cannot be kept; says why.</exception>
    public static void Write(string path, RunOptions options, Moment moment, RunInputs inputs, TwinRig rig, BatchFolder files)
    {
        KnownObjects known = Known(inputs, files.Journal, files.SoFar);
        var header = new CheckpointHeader(
            CheckpointHeader.Version, inputs.Rig.Name, options.Recipe, [.. options.Further], options.Settings.ToImmutableSortedDictionary(StringComparer.Ordinal),
            options.TwinSettings.ToImmutableSortedDictionary(StringComparer.Ordinal), options.Fitted, [.. options.Faults.Select(f => FormattableString.Invariant($"{f.Id}@{f.At.TotalSeconds}s"))],
            options.Day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), options.Seed, moment.Words, rig.Now.TotalSeconds, BatchFolder.Software, known.Fingerprint);
        using var bytes = new MemoryStream();
        bytes.Write(header.Line());
        using (var packed = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            StateImage.Write(packed, [.. rig.Owned, .. files.SoFar.Owned], known);
            files.WriteHistory(packed);
        }

        bytes.Write(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        string half = path + ".new";
        File.WriteAllBytes(half, bytes.ToArray());
        File.Move(half, path, overwrite: true);
    }

    /// <exception cref="UsageException">Not readable, or not a checkpoint of this version; says which and what to do.</exception>
    public static CheckpointHeader Header(string path) => Open(path).Header;

    /// <summary>Brings a run that was composed from the checkpoint's options to its moment.</summary>
    /// <exception cref="UsageException">It does not fit recipe, rig, twin or program; says what to do.</exception>
    public static void Restore(string path, RunInputs inputs, TwinRig rig, BatchFolder files) => Restore(path, inputs, rig, files.Journal, files.SoFar, files.ReadHistory);

    /// <param name="journal">That of the rig's controllers.</param>
    /// <param name="written">Takes the text of the history so far.</param>
    internal static void Restore(string path, RunInputs inputs, TwinRig rig, IJournal journal, RunSoFar soFar, Action<Stream> written)
    {
        var (header, content) = Open(path);
        KnownObjects known = Known(inputs, journal, soFar);
        if (known.Fingerprint != header.Definitions)
            throw new UsageException($"{path}: recipe, rig, twin or this program have changed since the checkpoint was taken; take it again: {header.Again}");
        try
        {
            using var packed = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
            StateImage.Read(packed, [.. rig.Owned, .. soFar.Owned], known);
            written(packed);
        }
        catch (InvalidDataException e)
        {
            throw new UsageException($"{path}: {e.Message}; take it again: {header.Again}");
        }

        rig.Resume();
    }

    private static (CheckpointHeader Header, byte[] Content) Open(string path)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            int end = Array.IndexOf(bytes, (byte)'\n', 0, Math.Min(bytes.Length, LongestLine));
            if (end < 0) throw new InvalidDataException("it does not begin as a checkpoint does");
            CheckpointHeader header = CheckpointHeader.Read(bytes.AsSpan(0, end));
            int hash = bytes.Length - SHA256.HashSizeInBytes;
            if (hash <= end || !SHA256.HashData(bytes.AsSpan(0, hash)).AsSpan().SequenceEqual(bytes.AsSpan(hash))) throw new InvalidDataException($"it is damaged or cut short; take it again: {header.Again}");
            return (header, bytes[(end + 1)..hash]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UsageException($"--from {path}: {e.Message}");
        }
    }

    private static KnownObjects Known(RunInputs inputs, IJournal journal, RunSoFar soFar) =>
        new([inputs.Recipe, .. inputs.Further, .. inputs.Plan is { } plan ? new object[] { plan } : [], inputs.Rig, inputs.Twin, .. UnitOperationCatalogue.All], [journal, .. soFar.Fixtures]);
}
