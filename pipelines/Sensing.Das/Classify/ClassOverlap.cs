using Sensing.Das.Events;

namespace Sensing.Das.Classify;

/// <summary>How often vehicles of each class are expected to be taken for the other.</summary>
/// <param name="SmallError">Share of the small vehicles that are taken for large.</param>
/// <param name="LargeError">Share of the large (and rail) vehicles that are taken for small.</param>
public sealed record ClassOverlap(double SmallError, double LargeError)
{
    private const int Steps = 400;
    private const double Deviations = 6;

    /// <summary>Integrates the model's two Gaussians over the side on which the model decides against them.</summary>
    public static ClassOverlap Of(ClassModel model)
    {
        GaussianMixture m = model.Mixture;
        return new ClassOverlap(
            Share(m.LowerMean, m.LowerDeviation, point => model.LargeProbability(point) >= 0.5),
            Share(m.UpperMean, m.UpperDeviation, point => model.LargeProbability(point) < 0.5));
    }

    /// <summary>How many labelled vehicles of a class are taken for the other by a model of all the others: left out one by one.</summary>
    public static int WrongWhenLeftOut(IReadOnlyList<LabelledVehicle> labelled, Func<VehicleClass, bool> ofClass)
    {
        int wrong = 0;
        for (int i = 0; i < labelled.Count; i++)
        {
            if (ofClass(labelled[i].Label.Class))
            {
                LabelledVehicle[] others = [.. labelled.Where((_, k) => k != i)];
                ClassModel model = ClassModel.FromLabels([.. others.Select(k => ClassModel.Features(k.Vehicle.Passage))], [.. others.Select(k => k.Label.Class)]);
                bool large = model.LargeProbability(ClassModel.Features(labelled[i].Vehicle.Passage)) >= 0.5;
                wrong += large == (labelled[i].Label.Class == VehicleClass.Small) ? 1 : 0;
            }
        }

        return wrong;
    }

    private static double Share(IReadOnlyList<double> mean, IReadOnlyList<double> deviation, Func<double[], bool> wrong)
    {
        double share = 0, all = 0;
        var point = new double[2];
        for (int i = 0; i < Steps; i++)
        {
            double u = ((i + 0.5) / Steps * 2 * Deviations) - Deviations;
            point[0] = mean[0] + (u * deviation[0]);
            for (int j = 0; j < Steps; j++)
            {
                double v = ((j + 0.5) / Steps * 2 * Deviations) - Deviations;
                point[1] = mean[1] + (v * deviation[1]);
                double density = Math.Exp(-((u * u) + (v * v)) / 2);
                all += density;
                share += wrong(point) ? density : 0;
            }
        }

        return share / all;
    }
}
