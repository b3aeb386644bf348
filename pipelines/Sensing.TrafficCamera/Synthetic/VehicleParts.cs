namespace Sensing.TrafficCamera.Synthetic;

/// <summary>Builds vehicles of parts, lowest first: each part hides those before it.</summary>
internal static class VehicleParts
{
    private static readonly Rgb Rubber = Rgb.Grey(0.02f);

    public static SolidPart[] Of(VehicleShape shape) => shape.Class switch
    {
        SceneVehicleClass.TwoWheeler => TwoWheeler(shape),
        SceneVehicleClass.Car => Car(shape),
        SceneVehicleClass.Van => Van(shape),
        SceneVehicleClass.Truck => Truck(shape),
        _ => Bus(shape),
    };

    private static SolidPart[] Car(VehicleShape s)
    {
        float h = s.Length / 2, w = s.Width / 2, waist = s.Height * 0.6f;
        bool estate = s.Length > 4.5f && s.Height > 1.5f;
        Rgb lower = s.Emergency == SceneEmergency.Police ? s.Second : s.Paint;
        return
        [
            SolidPart.Box(-h + 0.15f, h - 0.15f, s.Width - 0.16f, 0.14f, 0.34f, Rubber),
            new(-h, h, w, 0.3f, -h + 0.05f, h - 0.12f, w, 0.62f, lower),
            new(-h + 0.05f, h - 0.12f, w, 0.62f, -h + 0.12f, h - 0.5f, w - 0.06f, waist, s.Paint),
            new(-h + 0.14f, h * 0.42f, w - 0.08f, waist, estate ? -h + 0.3f : -h * 0.6f, h * 0.04f, w - 0.24f, s.Height, s.Paint)
            {
                GlassSides = 0.78f,
                GlassFront = 0.86f,
                GlassRear = 0.74f,
            },
        ];
    }

    private static SolidPart[] Van(VehicleShape s)
    {
        float h = s.Length / 2, w = s.Width / 2;
        Rgb stripe = s.Emergency == SceneEmergency.None ? s.Paint * 0.9f : s.Second;
        return
        [
            SolidPart.Box(-h + 0.15f, h - 0.2f, s.Width - 0.16f, 0.16f, 0.38f, Rubber),
            new(-h, h, w, 0.34f, -h, h - 0.1f, w, 0.78f, s.Paint),
            new(-h, h - 0.1f, w, 0.78f, -h, h - 0.75f, w, 1.12f, stripe),
            new(-h, h * 0.78f, w, 1.12f, -h + 0.08f, h * 0.5f, w - 0.16f, s.Height, s.Paint)
            {
                GlassFront = 0.82f,
                GlassRear = 0.42f,
                GlassSides = s.Emergency == SceneEmergency.None ? 0.34f : 0.42f,
            },
        ];
    }

    private static SolidPart[] Truck(VehicleShape s)
    {
        float h = s.Length / 2, w = s.Width / 2, cab = h - 2.2f;
        return
        [
            SolidPart.Box(-h + 0.1f, h - 0.1f, s.Width - 0.5f, 0.4f, 0.95f, Rgb.Grey(0.04f)),
            SolidPart.Box(-h, cab - 0.35f, s.Width, 0.95f, s.Height, s.Second),
            SolidPart.Box(cab, h, s.Width - 0.08f, 0.4f, 1.35f, s.Paint),
            new(cab, h, w - 0.04f, 1.35f, cab, h - 0.25f, w - 0.1f, Math.Min(s.Height - 0.25f, 3), s.Paint)
            {
                GlassFront = 0.6f,
                GlassSides = 0.5f,
            },
        ];
    }

    private static SolidPart[] Bus(VehicleShape s)
    {
        float h = s.Length / 2, w = s.Width / 2;
        return
        [
            SolidPart.Box(-h, h, s.Width, 0.32f, 1.15f, s.Paint),
            new(-h, h, w, 1.15f, -h, h - 0.1f, w - 0.03f, s.Height, s.Paint)
            {
                GlassSides = 0.66f,
                GlassFront = 0.8f,
                GlassRear = 0.4f,
            },
            SolidPart.Box(-h * 0.6f, -h * 0.15f, 1.6f, s.Height, s.Height + 0.18f, Rgb.Grey(0.5f)),
        ];
    }

    private static SolidPart[] TwoWheeler(VehicleShape s)
    {
        float h = s.Length / 2;
        Rgb jacket = s.Second * 0.7f;
        return
        [
            SolidPart.Box(-h, -h + 0.6f, 0.16f, 0, 0.62f, Rubber),
            SolidPart.Box(h - 0.6f, h, 0.16f, 0, 0.62f, Rubber),
            new(-h * 0.75f, h * 0.7f, 0.17f, 0.35f, -h * 0.6f, h * 0.45f, 0.14f, 0.88f, s.Paint),
            SolidPart.Box(h * 0.4f, h * 0.52f, s.Width, 0.9f, 1.02f, Rgb.Grey(0.05f)),
            new(-h * 0.35f, h * 0.1f, 0.2f, 0.75f, -h * 0.2f, h * 0.12f, 0.25f, 1.42f, jacket),
            new(-h * 0.12f, h * 0.16f, 0.12f, 1.44f, -h * 0.06f, h * 0.12f, 0.09f, s.Height, s.Paint),
        ];
    }
}
