using Sensing.Das.Classify;
using Sensing.Das.Events;
using Sensing.Das.Figures;

namespace Sensing.Das.Commands;

/// <summary>The vehicles in the space that their classes are decided in, with the line that divides them.</summary>
internal static class CalibrationPicture
{
    private const int LinePoints = 200;

    public static ClassFigure Of(
        string recording, IReadOnlyList<ClassifiedPassage> vehicles, IReadOnlyList<LabelledVehicle>? labelled, ClassModel model, ClassOptions options)
    {
        FigureVehicle[] drawn = labelled is null
            ? [.. vehicles.Select(v => Vehicle(v, ClassDecision.Of(v.Passage, model, options).Class))]
            : [.. labelled.Select(k => Vehicle(k.Vehicle, k.Label.Class))];

        // A decade beyond the vehicles, so that the line crosses the picture.
        double low = drawn.Min(v => Math.Log10(v.Vibration)) - 1, high = drawn.Max(v => Math.Log10(v.Vibration)) + 1;
        return new ClassFigure
        {
            Title = recording == "-" ? $"{drawn.Length} vehicles" : $"{recording}: {drawn.Length} vehicles",
            Vehicles = drawn,
            ClassesAre = labelled is null ? "as divided" : "as labelled",
            Boundary = [.. Enumerable.Range(0, LinePoints + 1).Select(i => low + ((high - low) * i / LinePoints)).Select(y => (Math.Pow(10, model.DivideAt(y)), Math.Pow(10, y)))],
            RailAmplitude = options.Rail ? model.RailAmplitude ?? options.RailAmplitude : null,
        };
    }

    private static FigureVehicle Vehicle(ClassifiedPassage vehicle, VehicleClass kind)
    {
        double[] features = ClassModel.Features(vehicle.Passage);
        return new FigureVehicle(kind, Math.Pow(10, features[0]), Math.Pow(10, features[1]));
    }
}
