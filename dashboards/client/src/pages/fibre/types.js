// Event types of the fibre pipeline.
export const VEHICLE = "sensing.das.vehicle.v1";
export const FLOW = "sensing.das.flow.v1";
export const PROFILE = "sensing.das.profile.v1";
export const WATERFALL = "sensing.das.waterfall.v1";
