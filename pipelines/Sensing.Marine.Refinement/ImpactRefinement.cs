using System.Globalization;
using System.Text.Json;
using Sensing.Events;
using Sensing.Marine.Events;
using Sensing.Marine.Impacts.Features;
using Sensing.Marine.Impacts.Learning;
using Sensing.Marine.Impacts.Models;
using Sensing.Marine.Impacts.Upload;
using Sensing.Models;

namespace Sensing.Marine.Refinement;

/// <summary>Trains the classifier of impacts from simulated voyages and from labelled windows that nodes have sent, and compares it with the one in use.</summary>
/// <remarks>What is compared is what would be published: the candidate has not learnt from the held-out windows and is not trained again with them.</remarks>
public sealed class ImpactRefinement : IModelTraining
{
    private const string Name = "impacts";

    private static readonly int Features = new WindowFeatures().Names.Count;

    private readonly RefinementOptions _options;

    /// <param name="options">How.</param>
    /// <param name="programDirectory">Folder of the program, with its models; null: this program's.</param>
    public ImpactRefinement(RefinementOptions? options = null, string? programDirectory = null)
    {
        _options = options ?? RefinementOptions.Default;
        Packaged = PackagedModels.Newest(Name, programDirectory ?? AppContext.BaseDirectory);
    }

    public string Model => Name;

    public EventTypeName Windows => MarineEvents.Window.Name;

    public IReadOnlyList<string> Labels => SimulatedWindows.Classes;

    public PackagedModel? Packaged { get; }

    public string Describe(ReadOnlyMemory<byte> data) => Payload(data) is { } window
        ? string.Create(CultureInfo.InvariantCulture, $"{SimulatedWindows.Classes[(int)window.Class]} {window.Probability:0.00} ({window.Model})")
        : "";

    public TrainingOutcome Train(IReadOnlyList<LabelledEvent> windows, ReadOnlyMemory<byte> inUse, CancellationToken cancellation)
    {
        LabelledWindow[] learnt = [.. windows.Where(window => !IsHeldOut(window)).Select(Window).OfType<LabelledWindow>()];
        LabelledWindow[] held = [.. windows.Where(IsHeldOut).Select(Window).OfType<LabelledWindow>()];
        if (held.Length < _options.FewestHeldOut || learnt.Length == 0 || held.DistinctBy(window => window.Class).Count() < 2)
        {
            return TrainingOutcome.None(
                $"{learnt.Length} windows to learn from and {held.Length} held out, of {held.DistinctBy(window => window.Class).Count()} classes: "
                + $"a comparison needs {_options.FewestHeldOut} held out, of 2 classes. Label more, of other hours.");
        }

        using ImpactModel before = InUse(inUse, out string title);
        TrainedModel trained = ImpactTraining.Train(learnt, _options.Seed, _options.Voyages, cancellation);
        string origin = FormattableString.Invariant(
            $"{trained.Examples} windows of {_options.Voyages} simulated voyages (seed {_options.Seed}) and {learnt.Length} labelled windows");
        byte[] file = NetworkFile.Write(trained.Network, origin);
        using ImpactModel candidate = Open("candidate", file);
        ModelComparison comparison = ModelComparison.Of(candidate, before, held, _options, cancellation);
        return new TrainingOutcome(file, comparison.Problem is null, $"compared with {title}: {comparison}", origin, comparison.Metrics);
    }

    /// <summary>Whole hours of a stream are held out, always the same ones: neighbouring windows are alike, and no later training may see them.</summary>
    private bool IsHeldOut(LabelledEvent window) => HeldOutHours.Contains(window.Source, window.Time, _options.HeldOut);

    /// <summary>The model in use; where this program cannot run it any more, the one that comes with the program.</summary>
    private ImpactModel InUse(ReadOnlyMemory<byte> file, out string title)
    {
        title = "the model in use";
        try
        {
            return Open(title, file);
        }
        catch (ModelException) when (Packaged is not null)
        {
            title = $"the program's own {Packaged.Description.Version}, as the published model is not for this program's features";
            return Open(title, Packaged.File);
        }
    }

    private static ImpactModel Open(string title, ReadOnlyMemory<byte> file)
    {
        try
        {
            return new ImpactModel(new ModelDescription(Name, title, "", file.Length), file, Features);
        }
        catch (PlatformNotSupportedException error)
        {
            throw new ModelException(title, "the model cannot be run on this machine.", error.Message, error);
        }
    }

    private LabelledWindow? Window(LabelledEvent window)
    {
        if (Payload(window.Data) is not { } payload || !Labels.Contains(window.Label))
        {
            return null;
        }

        try
        {
            return new LabelledWindow(
                EventTime.Format(window.Time), window.Label, window.Time, WindowCode.Read(Convert.FromBase64String(payload.Motion), payload.Rate));
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            // A node sent something else under this type: no window to learn from.
            return null;
        }
    }

    private static ImpactWindow? Payload(ReadOnlyMemory<byte> data)
    {
        try
        {
            return JsonSerializer.Deserialize(data.Span, MarineEventJson.Default.ImpactWindow);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
