namespace Sensing.EdgeNode.Outbox;

/// <summary>The way of a damaged outbox out of the way, step by step on the disk, so that a kill at any instant leaves it to be gone on with.</summary>
/// <remarks>
/// <c>outbox.db.salvage</c> holds the step and the name: <c>moving</c>, while the files of the damaged outbox are moved one by one;
/// <c>copying</c>, while what can be read of them is copied into <c>outbox.db.new</c>, which is begun anew after a kill and takes its place only when
/// it is whole. Until then nothing is removed, and afterwards the damaged file is still there.
/// </remarks>
internal sealed class OutboxMove
{
    private const string Moving = "moving";
    private const string Copying = "copying";
    private static readonly string[] Suffixes = ["-wal", "-shm", ".mark", ""];

    private readonly string _path;
    private readonly string _aside;
    private readonly string _problem;
    private string _step;

    private OutboxMove(string path, string step, string aside, string problem)
    {
        _path = path;
        _step = step;
        _aside = aside;
        _problem = problem;
    }

    public string Aside => _aside;

    public string Problem => _problem;

    /// <summary>Where the new outbox is made.</summary>
    public string New => _path + ".new";

    /// <summary>Whether a kill has interrupted a move.</summary>
    public static bool IsInterrupted(string path) => File.Exists(NoteOf(path));

    /// <summary>The move that a kill has interrupted; null where there is none.</summary>
    public static OutboxMove? Interrupted(string path)
    {
        if (!File.Exists(NoteOf(path)))
        {
            return null;
        }

        string[] lines = File.ReadAllLines(NoteOf(path));
        if (lines.Length < 3 || lines[0] is not (Moving or Copying))
        {
            // Never written whole: nothing had been moved yet.
            File.Delete(NoteOf(path));
            return null;
        }

        var move = new OutboxMove(path, lines[0], Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, lines[1]), lines[2]);
        if (move._step == Copying && File.Exists(path))
        {
            // The new one has taken its place already.
            move.End();
            return null;
        }

        return move;
    }

    public static OutboxMove Begin(string path, string problem, DateTimeOffset now)
    {
        string name = $"{path}.damaged-{now:yyyyMMdd'T'HHmmssfff}", aside = name;
        for (int number = 2; File.Exists(aside) || File.Exists(aside + "-wal"); number++)
        {
            aside = $"{name}-{number}";
        }

        var move = new OutboxMove(path, Moving, aside, problem.ReplaceLineEndings(" "));
        move.Note();
        return move;
    }

    /// <summary>Moves what has not been moved yet.</summary>
    public void MoveFiles()
    {
        if (_step == Moving)
        {
            foreach (string suffix in Suffixes.Where(suffix => File.Exists(_path + suffix)))
            {
                File.Move(_path + suffix, _aside + suffix, overwrite: true);
            }

            _step = Copying;
            Note();
        }

        foreach (string suffix in Suffixes)
        {
            File.Delete(New + suffix);
        }
    }

    /// <summary>Puts the new outbox, whole and closed, into its place.</summary>
    public void Finish()
    {
        File.Move(New, _path, overwrite: true);
        End();
    }

    private static string NoteOf(string path) => path + ".salvage";

    private void End() => File.Delete(NoteOf(_path));

    private void Note()
    {
        string note = NoteOf(_path), draft = note + ".tmp";
        using (var file = new FileStream(draft, FileMode.Create))
        {
            using var writer = new StreamWriter(file, leaveOpen: true);
            writer.Write($"{_step}\n{Path.GetFileName(_aside)}\n{_problem}\n");
            writer.Flush();
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, note, overwrite: true);
    }
}
