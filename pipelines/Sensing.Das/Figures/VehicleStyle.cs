using ScottPlot;
using Sensing.Das.Events;

namespace Sensing.Das.Figures;

/// <summary>How vehicles and marks are drawn, the same in every picture of a fibre.</summary>
internal static class VehicleStyle
{
    /// <summary>Marks over a waterfall: colours that stand out on its blue and red.</summary>
    private static readonly Color[] MarkColours =
        [Color.FromHex("#00C853"), Color.FromHex("#FFD600"), Color.FromHex("#FF00C8"), Color.FromHex("#FFFFFF")];

    public static Color MarkColour(int index) => MarkColours[index % MarkColours.Length];

    /// <summary>The colour of a vehicle's class.</summary>
    public static Color ColourOf(VehicleClass kind) => kind switch
    {
        VehicleClass.Small => Color.FromHex("#007A5E"),
        VehicleClass.Large => Color.FromHex("#E07B00"),
        _ => Color.FromHex("#8E3B9E"),
    };

    public static string Word(VehicleClass kind) => kind switch
    {
        VehicleClass.Small => "small",
        VehicleClass.Large => "large",
        _ => "rail",
    };
}
