namespace Sensing.Scheduling.Command;

/// <summary>One line of progress that overwrites itself on a terminal, and a line every tenth of the work elsewhere.</summary>
internal sealed class ProgressLine(TextWriter output, int all, bool terminal)
{
    private int _done;

    public void Done(string what)
    {
        _done++;
        if (terminal)
        {
            output.Write($"\r{100 * _done / all,3} %  {what,-60}");
        }
        else if (_done % Math.Max(1, all / 10) == 0)
        {
            output.WriteLine($"{100 * _done / all,3} %  {what}");
        }
    }

    public void End()
    {
        if (terminal)
        {
            output.Write($"\r{string.Empty,70}\r");
        }
    }
}
