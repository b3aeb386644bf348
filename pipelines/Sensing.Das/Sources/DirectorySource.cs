using System.Runtime.CompilerServices;
using Sensing.Das.Recordings;
using Sensing.Streams;

namespace Sensing.Das.Sources;

/// <summary>A watched folder: files are read in the order of their paths as they are completed.</summary>
/// <remarks>
/// Looks into the folder at intervals, which also works on network shares, where notifications do not. A file that comes
/// late, with a path before the one read last, is not read: time only goes on. Nothing is deleted.
/// </remarks>
public sealed class DirectorySource(DirectorySourceOptions options, StreamContext context) : ISource<DasBlock>
{
    /// <summary>So many names are kept from one look: a folder may hold a year of files.</summary>
    private const int MostFound = 1000;

    private readonly string _directory = Path.GetFullPath(options.Directory, context.BaseDirectory);

    /// <summary>Files wait on the disk: nothing is lost where the pipeline is slow.</summary>
    public SourceBehaviour Behaviour => SourceBehaviour.Recording;

    public async IAsyncEnumerable<SourceItem<DasBlock>> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var reader = new RecordingReader(options.BlockSeconds);
        if (after is { } saved && RecordingPosition.Parse(saved) is { Name.Length: > 0 } position)
        {
            string path = Path.Combine(_directory, position.Name);
            reader.Resume(position, path, () => Open(path));
        }

        DroppedFile? next = null;
        var found = new Queue<string>();
        bool waited = false;
        while (true)
        {
            while (reader.Next() is { } item)
            {
                yield return item;
                cancellation.ThrowIfCancellationRequested();
            }

            // While files wait, the last look at the folder serves; after a pause it is looked at anew.
            if (waited || found.Count == 0)
            {
                found = new Queue<string>(After(reader.Position.Name));
            }

            if (found.TryPeek(out string? name) && next?.Name != name)
            {
                next = new DroppedFile(name, Path.Combine(_directory, name), context.Time);
            }

            waited = name is null || !next!.IsReady(
                TimeSpan.FromSeconds(found.Count > 1 ? 0 : options.SettleSeconds), TimeSpan.FromSeconds(options.GiveUpSeconds));
            if (waited)
            {
                await Task.Delay(TimeSpan.FromSeconds(options.PollSeconds), context.Time, cancellation).ConfigureAwait(false);
            }
            else
            {
                string path = next!.Path;
                reader.Begin(found.Dequeue(), path, () => Open(path));
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The first paths, below the folder, behind <paramref name="last"/>, in order.</summary>
    private IEnumerable<string> After(string last)
    {
        if (!Directory.Exists(_directory))
        {
            throw new SourceException(_directory, null, "There is no such folder.", "Create it, mount it, or correct the option 'directory'.");
        }

        var enumeration = new EnumerationOptions { RecurseSubdirectories = options.Recursive, IgnoreInaccessible = true };
        return Directory.EnumerateFiles(_directory, "*", enumeration)
            .Select(path => Path.GetRelativePath(_directory, path).Replace('\\', '/'))
            .Where(name => string.CompareOrdinal(name, last) > 0
                && options.Endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal)
            .Take(MostFound);
    }

    private Recording Open(string path)
    {
        Recording recording = RecordingFormats.Open(path, options.Layout);
        try
        {
            return recording.Section(path, options.FromM, options.ToM);
        }
        catch
        {
            recording.Dispose();
            throw;
        }
    }
}
