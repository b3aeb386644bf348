using Sensing.Das.Classify;
using Sensing.Das.Events;

namespace Sensing.Das.Commands;

/// <summary>What a calibration found, for people.</summary>
/// <param name="vehicles">All vehicles of the recording.</param>
/// <param name="labelled">Those with a label; null where the site's own mixture was taken.</param>
/// <param name="labels">Labels that were given.</param>
/// <param name="model">What came out.</param>
/// <param name="options">The configured amplitudes.</param>
internal sealed class CalibrationTable(
    IReadOnlyList<ClassifiedPassage> vehicles, IReadOnlyList<LabelledVehicle>? labelled, int labels, ClassModel model, ClassOptions options)
{
    public void Write(TextWriter output)
    {
        ClassOverlap overlap = ClassOverlap.Of(model);
        output.WriteLine($"{"class",-6} {"vehicles",8}  {"amplitude, 1/s",14}  {"vibration, 1/s",14}  {"expected error",14}{(labelled is null ? "" : "  wrong when left out")}");
        foreach (IGrouping<VehicleClass, ClassifiedPassage> group in Classes().OrderBy(g => g.Key))
        {
            double error = group.Key == VehicleClass.Small ? overlap.SmallError : overlap.LargeError;
            string wrong = labelled is null ? "" : $"  {ClassOverlap.WrongWhenLeftOut(labelled, kind => kind == group.Key),7} of {group.Count()}";
            output.WriteLine(
                $"{Word(group.Key),-6} {group.Count(),8}  {Median(group, v => v.Passage.Amplitude),14:0.00E+0}  {Median(group, v => Math.Sqrt(v.Passage.Vibration)),14:0.00E+0}  {100 * error,12:0.0} %{wrong}");
        }

        double share = model.Mixture.UpperShare;
        IReadOnlyList<double> divide = model.Divide();
        output.WriteLine(
            $"Half way between the classes, as likely small as large: amplitude {Math.Pow(10, divide[0]):0.00E+0} 1/s, vibration {Math.Pow(10, divide[1]):0.00E+0} 1/s. "
            + $"The classes' amplitudes lie {model.Separation:0.0} deviations apart; expected error {100 * (((1 - share) * overlap.SmallError) + (share * overlap.LargeError)):0.0} %.");
        Remark(output);
    }

    private void Remark(TextWriter output)
    {
        if (options.Rail)
        {
            output.WriteLine($"Rail above an amplitude of {model.RailAmplitude ?? options.RailAmplitude:0.00E+0} 1/s, {(model.RailAmplitude is null ? "as configured" : "from the labels")}.");
        }
        else if (labelled?.Count(k => k.Label.Class == VehicleClass.Rail) is > 0 and { } rail)
        {
            output.WriteLine($"{rail} vehicles are labelled rail, yet das.classes.rail is off: they count as large.");
        }

        if (labelled is not null && labelled.Count < labels)
        {
            output.WriteLine($"{labels - labelled.Count} of the {labels} labels match no vehicle that was found; they are left out.");
        }
    }

    /// <summary>The vehicles by their labels, or by what the model says.</summary>
    private IEnumerable<IGrouping<VehicleClass, ClassifiedPassage>> Classes() => labelled is null
        ? vehicles.GroupBy(v => ClassDecision.Of(v.Passage, model, options).Class)
        : labelled.GroupBy(k => k.Label.Class, k => k.Vehicle);

    private static string Word(VehicleClass kind) => kind.ToString().ToLowerInvariant();

    private static double Median(IEnumerable<ClassifiedPassage> of, Func<ClassifiedPassage, double> value)
    {
        double[] order = [.. of.Select(value).Order()];
        return (order[(order.Length - 1) / 2] + order[order.Length / 2]) / 2;
    }
}
